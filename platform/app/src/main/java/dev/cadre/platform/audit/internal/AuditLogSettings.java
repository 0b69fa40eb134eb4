package dev.cadre.platform.audit.internal;

import dev.cadre.platform.shared.SettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the log is written to besides the database, for a collector of the operator's.
 *
 * @param log {@code stdout} or a file; nothing where it is empty
 */
@ConfigurationProperties("cadre.audit")
record AuditLogSettings(@DefaultValue("") String log) {

    private static final String TERMINAL = "stdout";

    AuditLogSettings {
        log = log.strip();
        if (!log.isEmpty() && !log.equals(TERMINAL)) {
            var folder = Path.of(log).toAbsolutePath().getParent();
            if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(Path.of(log))) {
                throw new SettingException(
                        "CADRE_AUDIT_LOG must be stdout or a file in a folder that exists, not '" + log + "'.");
            }
        }
    }

    boolean isOn() {
        return !log.isEmpty();
    }

    /** Empty for the terminal. */
    Optional<Path> file() {
        return log.equals(TERMINAL) ? Optional.empty() : Optional.of(Path.of(log));
    }
}
