package suiload.http;

/** Answers one request. What it throws is turned into an error answer in one place. */
@FunctionalInterface
public interface Handler {
    Response handle(Request request) throws Exception;
}
