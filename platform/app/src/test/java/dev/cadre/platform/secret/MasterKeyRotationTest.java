package dev.cadre.platform.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.TestDatabase;
import dev.cadre.platform.secret.internal.DataKeys;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.SettingException;
import dev.cadre.platform.shared.web.Cursors;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** A new master key, node after node, with the one of before still known. */
class MasterKeyRotationTest {

    private static final String OLD = key(1);
    private static final String NEW = key(2);

    private final OrganizationId organization = OrganizationId.create();
    private JdbcClient jdbc;

    @BeforeEach
    void emptyDatabase() {
        var database = TestDatabase.emptyDatabase();
        var source = new PGSimpleDataSource();
        source.setUrl(database.get("CADRE_DB_URL"));
        source.setUser(database.get("CADRE_DB_USER"));
        source.setPassword(database.get("CADRE_DB_PASSWORD"));
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration/secret")
                .load()
                .migrate();
        jdbc = JdbcClient.create(source);
    }

    @Test
    void secretsStayReadableOnEveryNodeWhileItIsReplaced() throws Exception {
        var before = node(OLD, null);
        var encrypted = before.encrypt(organization, "p", "s3cret".getBytes(UTF_8));
        var knowingBoth = node(OLD, NEW);
        var first = node(NEW, OLD);

        assertThat(first.decrypt(organization, "p", encrypted)).asString(UTF_8).isEqualTo("s3cret");
        assertThat(knowingBoth.decrypt(organization, "p", encrypted))
                .asString(UTF_8)
                .isEqualTo("s3cret");
        var another = OrganizationId.create();
        var later = first.encrypt(another, "p", "later".getBytes(UTF_8));
        assertThat(knowingBoth.decrypt(another, "p", later)).asString(UTF_8).isEqualTo("later");

        var after = node(NEW, null);
        assertThat(after.decrypt(organization, "p", encrypted)).asString(UTF_8).isEqualTo("s3cret");
        assertThat(after.decrypt(another, "p", later)).asString(UTF_8).isEqualTo("later");
        assertThatThrownBy(() -> node(OLD, null)).isInstanceOf(SettingException.class);
    }

    @Test
    void theInstallationsKeyIsReplacedWithIt() throws Exception {
        var before = node(OLD, null);
        var encrypted = before.encrypt(Secrets.INSTALLATION, "p", new byte[] {1});
        assertThat(before.key(Secrets.INSTALLATION).rotating()).isFalse();

        var after = node(NEW, OLD);

        assertThat(after.key(Secrets.INSTALLATION).rotating()).isTrue();
        assertThat(after.decrypt(Secrets.INSTALLATION, "p", encrypted)).containsExactly(1);
        assertThat(Arrays.copyOf(after.encrypt(Secrets.INSTALLATION, "p", new byte[] {1}), 5))
                .isNotEqualTo(Arrays.copyOf(encrypted, 5));
        node(NEW, OLD);
        assertThat(node(NEW, null).decrypt(Secrets.INSTALLATION, "p", encrypted))
                .containsExactly(1);
    }

    @Test
    void whatWasDerivedFromTheOneBeforeCountsWhileThatIsKnown() {
        var old = master(OLD, null);
        var both = master(NEW, OLD);
        assertThat(both.derivePrevious("p", 32))
                .hasValueSatisfying(key -> assertThat(key).isEqualTo(old.derive("p", 32)));
        assertThat(both.derive("p", 32))
                .isNotEqualTo(old.derive("p", 32))
                .isEqualTo(master(NEW, null).derive("p", 32));
        assertThat(old.derivePrevious("p", 32)).isEmpty();
        assertThatThrownBy(() -> master(NEW, "short"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("CADRE_MASTER_KEY_PREVIOUS");
        assertThat(new Cursors(
                        both.derive("cursor", 32),
                        both.derivePrevious("cursor", 32).orElseThrow()))
                .isNotNull();
    }

    private Secrets node(String key, @Nullable String previous) throws GeneralSecurityException {
        return new Secrets(new DataKeys(master(key, previous), jdbc), jdbc, TransactionOperations.withoutTransaction());
    }

    private static MasterKey master(String key, @Nullable String previous) {
        return new MasterKey(new SecretSettings(key, null, previous, null, Path.of("unused")));
    }

    private static String key(int fill) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
