package suiload.load;

/** What a virtual user does, over and over. */
interface Behaviour {
    /**
     * One iteration, which blocks until its last response.
     *
     * @param plannedNanos when it was to begin
     */
    void iterate(long plannedNanos);

    /** How long the user waits before its next iteration, in nanoseconds. */
    long pauseNanos();
}
