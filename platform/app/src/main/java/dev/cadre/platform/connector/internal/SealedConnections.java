package dev.cadre.platform.connector.internal;

import dev.cadre.platform.secret.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where secrets of connections are kept. */
@Configuration(proxyBeanMethods = false)
class SealedConnections {

    @Bean
    SealedColumn connectionSecrets() {
        return SealedColumn.ofOrganization("connection", "secrets", "'connection/' || id || '/secrets'");
    }

    /** Who refreshes tokens finds them again by what they were. */
    @Bean
    SealedColumn connectionTokens() {
        return SealedColumn.ofOrganization("connection", "tokens", "'connection/' || id || '/tokens'")
                .whileFree("(refreshing_until is null or refreshing_until < now())");
    }

    @Bean
    SealedColumn connectionVerifiers() {
        return SealedColumn.ofOrganization("connection_authorization", "verifier", "'connection-authorization'");
    }
}
