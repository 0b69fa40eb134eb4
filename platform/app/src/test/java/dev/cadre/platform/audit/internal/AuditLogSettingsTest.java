package dev.cadre.platform.audit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.BoundSettings;
import dev.cadre.platform.shared.SettingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogSettingsTest {

    @TempDir
    Path folder;

    @Test
    void isOffUnlessTold() {
        assertThat(BoundSettings.defaults(AuditLogSettings.class).isOn()).isFalse();
    }

    @Test
    void goesToTheTerminalOrToAFile() {
        var terminal = BoundSettings.of(AuditLogSettings.class, Map.of("cadre.audit.log", "stdout"));
        assertThat(terminal.isOn()).isTrue();
        assertThat(terminal.file()).isEmpty();
        var file = folder.resolve("audit.jsonl");
        assertThat(new AuditLogSettings(" " + file + " ").file()).contains(file);
    }

    @Test
    void aFolderThatIsNotThereStopsTheStart() {
        for (var wrong : List.of("/no/such/folder/audit.jsonl", folder.toString())) {
            assertThatThrownBy(() -> new AuditLogSettings(wrong))
                    .isInstanceOf(SettingException.class)
                    .hasMessageStartingWith("CADRE_AUDIT_LOG");
        }
    }
}
