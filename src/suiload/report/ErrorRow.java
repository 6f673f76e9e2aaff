package suiload.report;

import java.time.Instant;

/**
 * All failures with one cause.
 *
 * @param layer {@code socket}, {@code http} (our service), {@code node} or {@code contract}
 * @param cause a stable short name such as {@code reset} or {@code 503 no_permit}
 * @param example one failure in the words of who reported it
 * @param hint what a person may do about it; naming a setting where one helps
 */
public record ErrorRow(String layer, String cause, long count, Instant first, Instant last, String example, String hint) {}
