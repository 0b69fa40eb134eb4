package dev.cadre.platform.shared.web;

import java.util.List;
import java.util.stream.Collectors;

/** Lines of RFC 4180 that a spreadsheet shows as they are: nothing that somebody wrote into the log is a formula there. */
public final class Csv {

    /** Also their full-width forms, which spreadsheets read the same. */
    private static final String BEGINS_FORMULA = "=+-@\t\r\n|%\uFF1D\uFF0B\uFF0D\uFF20";

    private Csv() {}

    public static String line(List<String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(String text) {
        var begin = text.stripLeading();
        boolean formula = !text.isEmpty()
                && (BEGINS_FORMULA.indexOf(text.charAt(0)) >= 0
                        || !begin.isEmpty() && BEGINS_FORMULA.indexOf(begin.charAt(0)) >= 0);
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
