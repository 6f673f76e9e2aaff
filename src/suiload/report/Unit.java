package suiload.report;

/** What a metric's figures count, so that each report can write them as people read them. */
public enum Unit {
    PLAIN,
    MILLISECONDS,
    BYTES,
    /** Of one processor: 200 is two busy processors. */
    PERCENT,
    MIST
}
