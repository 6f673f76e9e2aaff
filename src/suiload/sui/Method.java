package suiload.sui;

/** A kind of call to a node, in the words of the protocol that a client speaks. */
interface Method {
    /** The value of the metrics' label, and how complaints begin. */
    String label();

    /** Whether it submits a transaction: how long that takes is the chain's business, and its caller's how long to wait. */
    boolean submits();
}
