package dev.cadre.platform.decision.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a table does with the rules that match. */
public enum HitPolicy {
    /** At most one may match. */
    UNIQUE,
    /** The first in the order of the table counts. */
    FIRST,
    /** Several may match, if they say the same. */
    ANY,
    /** All count, in the order of the table. */
    RULE_ORDER,
    /** All count; perhaps as one number. */
    COLLECT;

    /** What a table makes of the results of all rules that match. */
    public enum Aggregation {
        LIST,
        SUM,
        MIN,
        MAX,
        COUNT
    }

    static Optional<HitPolicy> named(String name) {
        return Arrays.stream(values())
                .filter(policy ->
                        policy.name().equals(name.toUpperCase(Locale.ROOT).replace(' ', '_')))
                .findFirst();
    }

    static Optional<Aggregation> aggregation(String name) {
        return name.isEmpty()
                ? Optional.of(Aggregation.LIST)
                : Arrays.stream(Aggregation.values())
                        .filter(one -> one != Aggregation.LIST && one.name().equals(name.toUpperCase(Locale.ROOT)))
                        .findFirst();
    }

    boolean single() {
        return switch (this) {
            case UNIQUE, FIRST, ANY -> true;
            case RULE_ORDER, COLLECT -> false;
        };
    }
}
