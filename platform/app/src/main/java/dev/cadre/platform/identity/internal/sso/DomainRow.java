package dev.cadre.platform.identity.internal.sso;

import dev.cadre.platform.shared.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A domain that an organization has claimed, and how its proof stands.
 *
 * @param provenAt null while it is only claimed
 * @param lookedUpAt when the DNS last said whether the record is there
 * @param missingSince since when it said that it is not
 */
record DomainRow(
        OrganizationId organization,
        String domain,
        String token,
        @Nullable Instant provenAt,
        @Nullable Instant lookedUpAt,
        @Nullable Instant missingSince) {

    private static final String LABEL = "_cadre-challenge.";
    private static final String PREFIX = "cadre-domain-verification=";

    /** Where the organization's word belongs. */
    String recordName() {
        return LABEL + domain;
    }

    String recordValue() {
        return PREFIX + token;
    }

    DomainRow found(Instant now) {
        return new DomainRow(organization, domain, token, provenAt == null ? now : provenAt, now, null);
    }

    DomainRow lookedUp(Instant now) {
        return new DomainRow(organization, domain, token, provenAt, now, missingSince);
    }

    DomainRow missing(Instant now) {
        return new DomainRow(organization, domain, token, provenAt, now, missingSince == null ? now : missingSince);
    }

    DomainRow unproven() {
        return new DomainRow(organization, domain, token, null, lookedUpAt, missingSince);
    }
}
