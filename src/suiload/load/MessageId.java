package suiload.load;

import java.util.Optional;

/** What tells one message from all others. It stands at the beginning of the message's text: {@code run user number}. */
record MessageId(String run, String user, int number) {
    private static final int NUMBER_DIGITS_MAX = 9;

    String text() {
        return run + " " + user + " " + number;
    }

    /** Empty for a text that is not a load-test message. */
    static Optional<MessageId> read(String text) {
        String[] words = text.split(" ", 4);
        if (words.length < 3 || words[2].length() > NUMBER_DIGITS_MAX || !words[2].matches("\\d+")) return Optional.empty();
        return Optional.of(new MessageId(words[0], words[1], Integer.parseInt(words[2])));
    }
}
