package suiload.http;

/** A service's life, in order. */
public enum ServiceState {
    /** Health and metrics answer; the rest is refused with 503. */
    STARTING,
    READY,
    /** Not ready any more, still serving; every answer says {@code Connection: close}. */
    DRAINING,
    /** The rest of draining: requests in hand are finished, new ones refused with 503. */
    REFUSING,
    STOPPED
}
