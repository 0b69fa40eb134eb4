package dev.cadre.platform.mail.internal;

import dev.cadre.platform.secret.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where texts of waiting messages are kept. */
@Configuration(proxyBeanMethods = false)
class SealedMail {

    @Bean
    SealedColumn mailTexts() {
        return SealedColumn.ofInstallation("mail_message", "text", "'mail/' || id");
    }
}
