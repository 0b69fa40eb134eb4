/** The HTTP interface of accounts, sign-in, organizations and members. */
@NullMarked
package dev.cadre.platform.identity.web;

import org.jspecify.annotations.NullMarked;
