package dev.cadre.platform.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.TestAudit;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.identity.internal.TotpCodes;
import dev.cadre.platform.secret.internal.Resealing;
import dev.cadre.platform.secret.internal.Rotations;
import dev.cadre.platform.shared.OrganizationId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A new key of an organization reaches everything that was encrypted under the one before, and nobody has to wait. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class KeyRotationIT {

    private static final String KEY = "/api/v1/encryption-key";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Secrets secrets;

    @Autowired
    Resealing resealing;

    @Test
    void encryptsAllSecretsAnewAndLetsTheOldKeyGo() {
        var owner = TestUser.register(port);
        var organization = new OrganizationId(UUID.fromString(owner.organization()));
        try (var outside = TestStub.start().on("/", exchange -> TestStub.json(exchange, 200, "{}"))) {
            var ids = new ArrayList<String>();
            for (int i = 0; i < 3; i++) {
                ids.add(connection(owner, outside, "Shop " + i));
            }
            var before = sealed(ids.getFirst());
            assertThat(holding(prefix(before))).containsExactly("connection.secrets");

            var rotated = owner.post(KEY + "/rotation", Map.of());
            assertThat(rotated.status()).isEqualTo(202);
            assertThat(rotated.json().path("rotating").asBoolean()).isTrue();
            assertThat(owner.post(KEY + "/rotation", Map.of())
                            .json()
                            .path("code")
                            .asString())
                    .isEqualTo("key-rotating");
            ids.add(connection(owner, outside, "Shop 3"));
            assertThat(prefix(sealed(ids.getLast()))).isNotEqualTo(prefix(before));

            assertThat(Rotations.finish(resealing, organization)).isTrue();

            assertThat(holding(prefix(before))).isEmpty();
            assertThat(owner.get(KEY).json().path("rotating").asBoolean()).isFalse();
            assertThatThrownBy(() -> secrets.decrypt(organization, "connection/" + ids.getFirst() + "/secrets", before))
                    .isInstanceOf(SecretUnreadable.class);
            for (var id : ids) {
                var works = owner.post("/api/v1/connections/" + id + "/test", Map.of());
                assertThat(works.json().path("ok").asBoolean()).as(works.body()).isTrue();
            }
            assertThat(TestAudit.actions(owner, "encryption-key")).containsExactly("encryption-key.rotated");
        }
    }

    @Test
    void theInstallationsKeyReachesPeopleMailAndTheAuditLog() {
        var owner = TestUser.register(port);
        var password = Map.of("password", TestUser.PASSWORD);
        var secret =
                owner.post("/api/v1/me/totp", password).json().path("secret").asString();
        var factor = jdbc.sql("select secret from second_factor where user_id = ?::uuid")
                .param(owner.id())
                .query(byte[].class)
                .single();
        if (!secrets.key(Secrets.INSTALLATION).rotating()) {
            secrets.rotate(Secrets.INSTALLATION, () -> {});
        }

        assertThat(Rotations.finish(resealing, Secrets.INSTALLATION)).isTrue();

        assertThat(holding(prefix(factor))).isEmpty();
        assertThat(owner.post("/api/v1/me/totp/confirm", Map.of("code", TotpCodes.now(secret)))
                        .status())
                .isEqualTo(200);
        assertThat(owner.post("/api/v1/audit-verifications", Map.of())
                        .json()
                        .path("intact")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void isForAdministratorsOnly() {
        var member = TestUser.register(port).colleague("member");
        assertThat(member.post(KEY + "/rotation", Map.of()).status()).isEqualTo(403);
        assertThat(member.get(KEY).status()).isEqualTo(403);
    }

    private static String connection(TestUser owner, TestStub outside, String name) {
        var created = owner.post(
                "/api/v1/connections",
                Map.of(
                        "name",
                        name,
                        "type",
                        "rest",
                        "values",
                        Map.of("baseUrl", outside.url("/"), "authentication", "BEARER", "secret", "s3cret " + name)));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json().path("id").asString();
    }

    private byte[] sealed(String connection) {
        return jdbc.sql("select secrets from connection where id = ?::uuid")
                .param(connection)
                .query(byte[].class)
                .single();
    }

    private static byte[] prefix(byte[] sealed) {
        return Arrays.copyOf(sealed, 5);
    }

    /** The columns with a value that is encrypted under the key; also those that nobody has declared. */
    private List<String> holding(byte[] prefix) {
        var columns = jdbc.sql("""
                        select table_name || '.' || column_name from information_schema.columns
                        where table_schema = 'cadre' and data_type = 'bytea' and table_name not like 'act\\_%'
                        order by 1""").query(String.class).list();
        assertThat(columns).contains("connection.secrets", "second_factor.secret", "mail_message.text");
        return columns.stream()
                .filter(column -> jdbc.sql("select count(*) from %s where substring(%s from 1 for 5) = ?"
                                        .formatted(column.split("\\.")[0], column.split("\\.")[1]))
                                .param(prefix)
                                .query(Integer.class)
                                .single()
                        > 0)
                .toList();
    }
}
