package dev.cadre.plugin.calculator;

import java.math.BigDecimal;
import java.math.MathContext;

/** The operators: exact where that is possible, 34 digits where it is not, and never a number that fills the memory. */
final class Exact {

    /** What a quotient or a root is rounded to. */
    static final MathContext DIGITS = MathContext.DECIMAL128;

    private static final int MOST_DIGITS = 1000;
    private static final int LARGEST_EXPONENT = 999;

    private Exact() {}

    static BigDecimal add(BigDecimal left, BigDecimal right) {
        return bounded(left.add(right));
    }

    static BigDecimal subtract(BigDecimal left, BigDecimal right) {
        return bounded(left.subtract(right));
    }

    static BigDecimal multiply(BigDecimal left, BigDecimal right) {
        return bounded(left.multiply(right));
    }

    static BigDecimal divide(BigDecimal left, BigDecimal right) {
        if (right.signum() == 0) {
            throw new ArithmeticException("It divides by zero");
        }
        return bounded(left.divide(right, DIGITS));
    }

    static BigDecimal power(BigDecimal base, BigDecimal exponent) {
        if (!isWhole(exponent)) {
            return fromDouble(Math.pow(base.doubleValue(), exponent.doubleValue()));
        }
        if (exponent.abs().compareTo(BigDecimal.valueOf(LARGEST_EXPONENT)) > 0) {
            throw new ArithmeticException("An exponent may be at most " + LARGEST_EXPONENT);
        }
        int power = exponent.intValue();
        if (base.signum() == 0 && power < 0) {
            throw new ArithmeticException("It divides by zero");
        }
        if ((long) base.precision() * Math.abs(power) > MOST_DIGITS || power < 0) {
            return bounded(base.pow(power, DIGITS));
        }
        return bounded(base.pow(power));
    }

    static boolean isWhole(BigDecimal number) {
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }

    static BigDecimal fromDouble(double value) {
        if (!Double.isFinite(value)) {
            throw new ArithmeticException("The result is not a number");
        }
        return bounded(new BigDecimal(Double.toString(value)));
    }

    static BigDecimal bounded(BigDecimal number) {
        if (Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS) {
            throw new ArithmeticException("A number gets too large");
        }
        return number;
    }
}
