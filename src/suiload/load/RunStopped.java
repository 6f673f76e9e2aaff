package suiload.load;

/** The run was told to end while this was under way. */
final class RunStopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    RunStopped() {
        super("the run was stopped");
    }
}
