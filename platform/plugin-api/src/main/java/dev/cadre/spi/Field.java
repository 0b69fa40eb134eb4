package dev.cadre.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How the designer shows one record component. Its constraints come from Jakarta Validation, required means not
 * {@code @Nullable}.
 *
 * @since 0.1
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Field {

    String label();

    String help() default "";

    /** Shown when the form is empty and used when the input is absent, as JSON text: {@code "GET"}, {@code 3}. */
    String defaultValue() default "";

    /** Shows a text area instead of a single line. */
    boolean multiline() default false;

    /** Hides it behind "More settings": few people ever change it. */
    boolean advanced() default false;

    /** Shows it only where another field of the record has one of these values, as {@code kind=basic,api-key}. */
    String when() default "";
}
