package suiload.json;

/** JSON that is malformed, or a field that is missing or ill-typed. The message is fit for a client: it quotes no content. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String field;

    JsonException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** Path of the field to blame, such as {@code initial_members[2]}; {@code body} for the text as a whole. */
    public String field() {
        return field;
    }
}
