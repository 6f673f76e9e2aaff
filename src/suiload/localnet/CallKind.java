package suiload.localnet;

/** What a call asks of a node, as far as weather tells calls apart. */
enum CallKind {
    READ("read"), EXECUTE("execute"), SIMULATE("simulate"), STREAM("stream");

    private final String key;

    CallKind(String key) {
        this.key = key;
    }

    /** Its name in weather files and metrics. */
    String key() {
        return key;
    }
}
