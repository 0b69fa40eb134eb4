package dev.cadre.platform.identity;

import dev.cadre.platform.shared.UserId;

/** A person with an account, or a program that has one. */
public record User(UserId id, String email, String name) {}
