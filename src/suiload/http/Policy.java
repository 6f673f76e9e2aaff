package suiload.http;

/** What stands between a request and its handler. */
public enum Policy {
    /** A permit, held until the work has really ended, and the request's deadline. */
    GUARDED,
    /** Neither: health and metrics must answer while everything else waits. The handler keeps its own bounds. */
    OPEN,
    /** No permit and no deadline, but at most so many streams at once; ended when the service drains. */
    STREAM
}
