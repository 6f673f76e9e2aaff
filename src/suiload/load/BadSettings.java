package suiload.load;

import java.util.List;

/** Settings with which no run can be made. Each complaint is one line naming the variable, its value and what is valid. */
final class BadSettings extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> complaints;

    BadSettings(List<String> complaints) {
        super(String.join("; ", complaints));
        this.complaints = List.copyOf(complaints);
    }

    List<String> complaints() {
        return complaints;
    }
}
