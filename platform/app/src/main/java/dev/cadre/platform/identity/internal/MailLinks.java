package dev.cadre.platform.identity.internal;

import org.springframework.stereotype.Component;

/** Addresses of the web application's pages, as mails name them. */
@Component
class MailLinks {

    private final String address;

    MailLinks(IdentitySettings settings) {
        this.address = settings.publicUrl() == null
                ? ""
                : settings.publicUrl().toString().replaceFirst("/+$", "");
    }

    String to(String page) {
        return address + page;
    }

    /** The token is behind the #, which no server and no proxy gets to see. */
    String to(String page, String token) {
        return to(page) + "#" + token;
    }
}
