package suiload.bench;

/** One line of the table of performance goals. */
interface Measure {
    /** As in the table, {@code P5}. */
    String id();

    String what();

    String goal();

    /** @throws Exception when it cannot be taken; the others are */
    Findings take() throws Exception;
}
