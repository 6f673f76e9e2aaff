package suiload.load;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What tells one message from all others. It stands at the beginning of the message's text: {@code run user number}. */
record MessageId(String run, String user, int number) {
    private static final Predicate<String> NUMBER = Pattern.compile("\\d{1,9}").asMatchPredicate();

    String text() {
        return run + " " + user + " " + number;
    }

    /** Empty for a text that is not a load-test message. */
    static Optional<MessageId> read(String text) {
        String[] words = text.split(" ", 4);
        if (words.length < 3 || !NUMBER.test(words[2])) return Optional.empty();
        return Optional.of(new MessageId(words[0], words[1], Integer.parseInt(words[2])));
    }
}
