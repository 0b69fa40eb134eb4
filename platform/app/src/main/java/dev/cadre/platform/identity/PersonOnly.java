package dev.cadre.platform.identity;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An operation, or all of a controller, that only a person who has signed in may ask for, whatever the scopes of a key are:
 * it is about the person's own account, or reaches beyond the one organization that a key belongs to.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface PersonOnly {}
