package dev.cadre.platform.identity.internal;

import dev.cadre.platform.secret.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where secrets of people and of their identity providers are kept. */
@Configuration(proxyBeanMethods = false)
class SealedFactors {

    @Bean
    SealedColumn secondFactorSecrets() {
        return SealedColumn.ofInstallation("second_factor", "secret", "'totp/' || user_id");
    }

    @Bean
    SealedColumn ssoClientSecrets() {
        return SealedColumn.ofOrganization("sso_provider", "client_secret", "'sso/client-secret'");
    }

    @Bean
    SealedColumn ssoRefreshTokens() {
        return SealedColumn.ofOrganization("sso_session", "refresh_token", "'sso/session/' || session_id");
    }

    @Bean
    SealedColumn ssoIdTokens() {
        return SealedColumn.ofOrganization("sso_session", "id_token", "'sso/id-token/' || session_id");
    }
}
