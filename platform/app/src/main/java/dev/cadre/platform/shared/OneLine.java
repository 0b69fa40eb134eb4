package dev.cadre.platform.shared;

/** Tells names from what only looks like one. */
public final class OneLine {

    private OneLine() {}

    /** Whether a text breaks no line anywhere, controls nothing and reads in the order that it is written in. */
    public static boolean isPlain(String text) {
        return text.chars()
                .noneMatch(c -> Character.isISOControl(c)
                        || c == 0x2028
                        || c == 0x2029
                        || c >= 0x202A && c <= 0x202E
                        || c >= 0x2066 && c <= 0x2069);
    }
}
