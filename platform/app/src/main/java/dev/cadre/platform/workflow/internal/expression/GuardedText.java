package dev.cadre.platform.workflow.internal.expression;

/** A text that stops a regular expression which tries too long: every step of a match reads a character. */
record GuardedText(String text, Budget budget, int[] reads) implements CharSequence {

    GuardedText(String text, Budget budget) {
        this(text, budget, new int[1]);
    }

    @Override
    public char charAt(int index) {
        if ((++reads[0] & 0x3FF) == 0) {
            budget.checkTime();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
