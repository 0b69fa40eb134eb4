package dev.cadre.platform.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.shared.SettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {

    private static final String GIVEN = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir
    Path home;

    @Test
    void isGeneratedOnceIntoAFileThatOnlyTheOwnerReads() throws Exception {
        var first = new MasterKey(new SecretSettings(null, null, null, null, home));
        var second = new MasterKey(new SecretSettings(null, null, null, null, home));

        assertThat(second.derive("a", 32)).isEqualTo(first.derive("a", 32));
        assertThat(Files.getPosixFilePermissions(home.resolve("master.key")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void comesFromTheEnvironmentOrAFile() throws Exception {
        var file = Files.writeString(home.resolve("given"), GIVEN + "\n");

        var byValue = new MasterKey(new SecretSettings(GIVEN, null, null, null, home));
        var byFile = new MasterKey(new SecretSettings(null, file, null, null, home));

        assertThat(byFile.derive("a", 32)).isEqualTo(byValue.derive("a", 32));
        assertThat(home.resolve("master.key")).doesNotExist();
    }

    @Test
    void stopsTheStartWithOneSentenceWhenItIsWrong() {
        for (var wrong :
                new String[] {"short", "not base64 !", Base64.getEncoder().encodeToString(new byte[16])}) {
            assertThatThrownBy(() -> new MasterKey(new SecretSettings(wrong, null, null, null, home)))
                    .isInstanceOf(SettingException.class)
                    .hasMessage(
                            "CADRE_MASTER_KEY must hold 32 bytes in base64, as `openssl rand -base64 32` prints them.");
        }
        assertThatThrownBy(() -> new MasterKey(new SecretSettings(null, home.resolve("missing"), null, null, home)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("CADRE_MASTER_KEY_FILE");
    }

    @Test
    void derivesUnrelatedKeysByPurpose() {
        var key = new MasterKey(new SecretSettings(GIVEN, null, null, null, home));

        assertThat(key.derive("a", 32)).hasSize(32).isNotEqualTo(key.derive("b", 32));
        assertThat(key).hasToString("(master key)");
    }
}
