package dev.cadre.plugin.calculator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The functions and constants of the calculator. */
final class Functions {

    private static final int MOST_DECIMALS = 100;

    private Functions() {}

    static @Nullable BigDecimal constant(String name) {
        return switch (name) {
            case "pi" -> new BigDecimal("3.141592653589793238462643383279503");
            case "e" -> new BigDecimal("2.718281828459045235360287471352662");
            default -> null;
        };
    }

    static BigDecimal call(String name, List<BigDecimal> arguments) {
        return switch (name) {
            case "abs" -> one(name, arguments).abs();
            case "floor" -> one(name, arguments).setScale(0, RoundingMode.FLOOR);
            case "ceil" -> one(name, arguments).setScale(0, RoundingMode.CEILING);
            case "round" -> round(arguments);
            case "sqrt" -> root(one(name, arguments));
            case "sum" -> some(name, arguments).stream().reduce(BigDecimal.ZERO, Exact::add);
            case "avg" ->
                Exact.divide(
                        some(name, arguments).stream().reduce(BigDecimal.ZERO, Exact::add),
                        BigDecimal.valueOf(arguments.size()));
            case "min" -> some(name, arguments).stream().reduce(arguments.getFirst(), BigDecimal::min);
            case "max" -> some(name, arguments).stream().reduce(arguments.getFirst(), BigDecimal::max);
            case "ln" -> logarithm(name, arguments, Math::log);
            case "log" -> logarithm(name, arguments, Math::log10);
            case "exp" -> real(name, arguments, Math::exp);
            case "sin" -> real(name, arguments, Math::sin);
            case "cos" -> real(name, arguments, Math::cos);
            case "tan" -> real(name, arguments, Math::tan);
            default -> throw new ArithmeticException("The function \"" + name + "\" is not known");
        };
    }

    private static BigDecimal one(String name, List<BigDecimal> arguments) {
        if (arguments.size() != 1) {
            throw new ArithmeticException("\"" + name + "\" takes one number");
        }
        return arguments.getFirst();
    }

    private static List<BigDecimal> some(String name, List<BigDecimal> arguments) {
        if (arguments.isEmpty()) {
            throw new ArithmeticException("\"" + name + "\" takes at least one number");
        }
        return arguments;
    }

    private static BigDecimal round(List<BigDecimal> arguments) {
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw new ArithmeticException("\"round\" takes a number and, if you like, how many decimals to keep");
        }
        var decimals = arguments.size() == 2 ? arguments.get(1) : BigDecimal.ZERO;
        if (!Exact.isWhole(decimals) || decimals.abs().compareTo(BigDecimal.valueOf(MOST_DECIMALS)) > 0) {
            throw new ArithmeticException("\"round\" keeps up to " + MOST_DECIMALS + " decimals");
        }
        return arguments.getFirst().setScale(decimals.intValue(), RoundingMode.HALF_UP);
    }

    private static BigDecimal root(BigDecimal number) {
        if (number.signum() < 0) {
            throw new ArithmeticException("A negative number has no square root");
        }
        return number.sqrt(Exact.DIGITS);
    }

    private static BigDecimal logarithm(String name, List<BigDecimal> arguments, DoubleUnaryOperator function) {
        if (one(name, arguments).signum() <= 0) {
            throw new ArithmeticException("Only a number above zero has a logarithm");
        }
        return real(name, arguments, function);
    }

    private static BigDecimal real(String name, List<BigDecimal> arguments, DoubleUnaryOperator function) {
        return Exact.fromDouble(function.applyAsDouble(one(name, arguments).doubleValue()));
    }
}
