package dev.cadre.platform.audit.internal;

import dev.cadre.platform.secret.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the key of seals is kept. */
@Configuration(proxyBeanMethods = false)
class SealedAuditKey {

    @Bean
    SealedColumn auditKey() {
        return SealedColumn.ofInstallation("audit_key", "sealed", "'audit-key'");
    }
}
