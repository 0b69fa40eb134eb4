package dev.cadre.platform.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which passwords are taken, and how they are kept. */
class PasswordsTest {

    private static final List<String> ABOUT = List.of("ada.lovelace@example.com", "Ada Lovelace");

    private final PasswordRules rules = new PasswordRules();
    private final Passwords passwords = new Passwords();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qjzkwvxmpt", // letters alone
                "8305917264620", // digits alone
                "all lower case words with spaces",
                "Пароль из нескольких слов",
                "🦊🦊 jumps over ⛵ 1815"
            })
    void asksForNoKindsOfCharacters(String password) {
        assertThat(check(password)).isEmpty();
    }

    @Test
    void takesTenToTwoHundredCharacters() {
        var words = "tin gravel orbit maple ".repeat(20);
        assertThat(check(words.substring(0, 9))).isPresent();
        assertThat(check(words.substring(0, 200))).isEmpty();
        assertThat(check(words.substring(0, 201))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"password123", "qwertyuiop", "1234567890", "letmein123", "P@ssw0rd2024", "aaaaaaaaaaaa"})
    void refusesWhatManyHave(String password) {
        assertThat(check(password)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada.lovelace@example.com",
                "adalovelace1",
                "LovelaceAda",
                "lovelace12",
                "cadrecadre",
                "cadrecadre1"
            })
    void refusesWhatIsKnownOfThePersonAndTheProduct(String password) {
        assertThat(check(password)).isPresent();
    }

    @Test
    void areKeptByArgon2id() {
        var hash = passwords.hash("tin gravel orbit maple");

        assertThat(hash)
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$")
                .isNotEqualTo(passwords.hash("tin gravel orbit maple"));
        assertThat(passwords.matches("tin gravel orbit maple", hash)).isTrue();
        assertThat(passwords.matches("Tin gravel orbit maple", hash)).isFalse();
        assertThat(passwords.matches("tin gravel orbit mapl", hash)).isFalse();
        assertThat(passwords.matches("tin gravel orbit maple", null)).isFalse();
    }

    @Test
    void areTheSameHoweverAKeyboardWritesThem() {
        var composed = passwords.hash("caf\u00e9 gravel orbit");

        assertThat(passwords.matches("cafe\u0301 gravel orbit", composed)).isTrue();
        assertThat(passwords.matches("cafe gravel orbit", composed)).isFalse();
    }

    private Optional<?> check(String password) {
        return rules.check("/password", password, ABOUT);
    }
}
