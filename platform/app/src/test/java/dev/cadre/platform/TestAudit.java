package dev.cadre.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What the audit log tells an organization's administrator. */
public final class TestAudit {

    private TestAudit() {}

    /** The newest first; {@code about} is what actions begin with, as {@code member}. */
    public static List<String> actions(TestUser admin, String about) {
        var answer = admin.get("/api/v1/audit-events?limit=200&action=" + about);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json()
                .path("items")
                .valueStream()
                .map(event -> event.path("action").asString())
                .toList();
    }
}
