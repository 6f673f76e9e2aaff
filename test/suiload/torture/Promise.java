package suiload.torture;

/** One promise of design/reliability.md in its full form. Everything random comes from the seed. */
public interface Promise {
    /** As in the table, {@code O1}. */
    String id();

    /** The figure that is promised, in a few words. */
    String promised();

    Measured run(long seed) throws Exception;
}
