package dev.cadre.platform.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.crypto.tink.Aead;
import dev.cadre.platform.database.DatabaseSettings;
import dev.cadre.platform.database.WalledPool;
import dev.cadre.platform.database.Walls;
import dev.cadre.platform.secret.internal.DataKeys;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.SettingException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.TestConstructor;

@ApplicationModuleTest(extraIncludes = "database")
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class SecretsRoomTest {

    private final Secrets secrets;
    private final JdbcClient jdbc;
    private final MasterKey master;
    private final WalledPool pool;
    private final DatabaseSettings settings;
    private final OrganizationId organization = OrganizationId.create();

    @Autowired
    SecretsRoomTest(Secrets secrets, JdbcClient jdbc, MasterKey master, WalledPool pool, DatabaseSettings settings) {
        this.pool = pool;
        this.settings = settings;
        this.master = master;
        this.secrets = secrets;
        this.jdbc = jdbc;
    }

    @Test
    void decryptsWhatItEncrypted() {
        var encrypted = secrets.encrypt(organization, "connection/1", "s3cret".getBytes(UTF_8));

        assertThat(new String(encrypted, UTF_8)).doesNotContain("s3cret");
        assertThat(secrets.decrypt(organization, "connection/1", encrypted))
                .asString(UTF_8)
                .isEqualTo("s3cret");
    }

    @Test
    void decryptsNothingOfAnotherOrganizationOrPurpose() {
        var encrypted = secrets.encrypt(organization, "connection/1", "s3cret".getBytes(UTF_8));

        assertThatThrownBy(() -> secrets.decrypt(organization, "connection/2", encrypted))
                .isInstanceOf(SecretUnreadable.class);
        assertThatThrownBy(() -> secrets.decrypt(OrganizationId.create(), "connection/1", encrypted))
                .isInstanceOf(SecretUnreadable.class);
    }

    @Test
    void noticesEveryChangedByte() {
        var encrypted = secrets.encrypt(organization, "connection/1", "s3cret".getBytes(UTF_8));

        for (int at = 0; at < encrypted.length; at++) {
            var changed = encrypted.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> secrets.decrypt(organization, "connection/1", changed))
                    .isInstanceOf(SecretUnreadable.class);
        }
    }

    @Test
    void makesOneKeyWhenManyAskAtOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 8)
                    .mapToObj(number -> threads.submit(() -> secrets.encrypt(organization, "p", new byte[] {1})))
                    .toList();
            for (var one : all) {
                assertThat(secrets.decrypt(organization, "p", one.get())).containsExactly(1);
            }
        }
    }

    @Test
    void refusesToStartWithAnotherMasterKey() {
        secrets.encrypt(organization, "p", new byte[] {1});
        var another = new MasterKey(new SecretSettings(
                Base64.getEncoder().encodeToString("another-key-of-thirty-two-bytes!".getBytes(UTF_8)),
                null,
                null,
                null,
                Path.of("unused")));

        assertThatThrownBy(() -> new DataKeys(another, jdbc)).isInstanceOf(SettingException.class);
    }

    @Test
    void hasTheInstallationsKeyWithinAnOrganizationsWalls() throws Exception {
        var started = new DataKeys(master, jdbc);

        assertThat(Walls.<Aead, RuntimeException>within(organization, () -> started.of(Secrets.INSTALLATION)))
                .isNotNull();
    }

    /** As in a hub all of whose connections are at work: whoever holds one and waits for another waits for all the others. */
    @Test
    void aNewKeyNeedsOneConnectionAtATime() throws Exception {
        var mine = OrganizationId.create();
        var encrypted = secrets.encrypt(mine, "p", new byte[] {1});
        var taken = new ArrayList<Connection>();
        try {
            for (int i = 1; i < settings.pool(); i++) {
                taken.add(pool.getConnection());
            }
            secrets.rotate(mine, () -> {});
        } finally {
            for (var connection : taken) {
                connection.close();
            }
        }

        assertThat(secrets.key(mine).rotating()).isTrue();
        assertThat(Arrays.copyOf(secrets.encrypt(mine, "p", new byte[] {1}), 5))
                .isNotEqualTo(Arrays.copyOf(encrypted, 5));
        assertThat(secrets.decrypt(mine, "p", encrypted)).containsExactly(1);
    }

    @Test
    void theKeyStaysWhereWhatGoesWithItFails() {
        var mine = OrganizationId.create();
        var encrypted = secrets.encrypt(mine, "p", new byte[] {1});

        assertThatThrownBy(() -> secrets.rotate(mine, () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(secrets.key(mine).rotating()).isFalse();
        assertThat(Arrays.copyOf(secrets.encrypt(mine, "p", new byte[] {1}), 5)).isEqualTo(Arrays.copyOf(encrypted, 5));
    }

    @Test
    void nothingIsReadOrWrittenAfterTheKeyWasDestroyed() {
        var gone = OrganizationId.create();
        var encrypted = secrets.encrypt(gone, "p", new byte[] {1});
        var others = secrets.encrypt(Secrets.INSTALLATION, "p", new byte[] {2});

        secrets.shred(gone);
        secrets.shred(gone);

        assertThatThrownBy(() -> secrets.decrypt(gone, "p", encrypted))
                .isInstanceOf(SecretUnreadable.class)
                .hasMessageContaining("deleted");
        assertThatThrownBy(() -> secrets.encrypt(gone, "p", new byte[] {1})).isInstanceOf(SecretUnreadable.class);
        assertThatThrownBy(() -> secrets.key(gone)).isInstanceOf(SecretUnreadable.class);
        assertThatThrownBy(() -> secrets.rotate(gone, () -> {})).isInstanceOf(SecretUnreadable.class);
        assertThat(secrets.decrypt(Secrets.INSTALLATION, "p", others)).containsExactly(2);
        assertThat(jdbc.sql("select count(*) from data_key where organization_id = ? and wrapped_key is null")
                        .param(gone.value())
                        .query(Integer.class)
                        .single())
                .isOne();
        assertThatThrownBy(() -> secrets.shred(Secrets.INSTALLATION)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anotherNodeForgetsTheKeyThatWasDestroyed() throws Exception {
        var gone = OrganizationId.create();
        var encrypted = secrets.encrypt(gone, "p", new byte[] {1});
        var elsewhere = new DataKeys(master, jdbc);
        elsewhere.of(gone);

        elsewhere.destroy(gone);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThatThrownBy(() -> secrets.decrypt(gone, "p", encrypted))
                        .isInstanceOf(SecretUnreadable.class));
    }
}
