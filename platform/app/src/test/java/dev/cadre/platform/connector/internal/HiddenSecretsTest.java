package dev.cadre.platform.connector.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.StepException.Retryable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class HiddenSecretsTest {

    private static final String SECRET = "correct-horse-battery";

    private final HiddenSecrets hidden = HiddenSecrets.of(List.of(SECRET, "abc"));

    @Test
    void takesSecretsOutAsTheyAreAndEncoded() {
        assertThat(hidden.in("refused Bearer " + SECRET + "!")).isEqualTo("refused Bearer (hidden)!");
        for (var user : List.of("", "a", "ad", "ada", "long user")) {
            var sent = Base64.getEncoder().encodeToString((user + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
            var left = hidden.in("refused Basic " + sent);
            assertThat(left).as(user).contains("(hidden)");
        }
        assertThat(hidden.in("the abc of it")).isEqualTo("the abc of it");
    }

    @Test
    void keepsWhatKindOfFailureItIs() {
        var waits = (Retryable) hidden.in(new Retryable("HTTP_503", "said " + SECRET, Duration.ofSeconds(3)));
        assertThat(waits.retryAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(waits).hasMessage("said (hidden)");
        var cause = new IllegalStateException("got " + SECRET);
        var rejected = hidden.in(new Rejected("HTTP_401", "no", cause));
        assertThat(rejected).isInstanceOf(Rejected.class).hasMessage("no").hasNoCause();
        var harmless = new Rejected("HTTP_401", "no");
        assertThat(hidden.in(harmless)).isSameAs(harmless);
    }
}
