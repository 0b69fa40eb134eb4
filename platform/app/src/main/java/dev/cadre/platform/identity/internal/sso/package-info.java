/** Single sign-on: an organization's members come in through its own identity provider (OpenID Connect). */
@NullMarked
package dev.cadre.platform.identity.internal.sso;

import org.jspecify.annotations.NullMarked;
