package dev.cadre.platform.identity.internal.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.identity.internal.Tokens;
import java.util.Arrays;
import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

    @Test
    void isOneWordThatScannersKnowAndHasItsIdInIt() {
        for (var id : new UUID[] {UUID.randomUUID(), new UUID(0, 0), new UUID(-1, -1), new UUID(1, Long.MIN_VALUE)}) {
            var text = KeyText.of(id, Tokens.random(32));

            assertThat(text).matches("cdr_[0-9A-Za-z]{71}");
            assertThat(KeyText.id(text)).contains(id);
        }
    }

    @Test
    void hasRoomForEverySecret() {
        var most = new byte[32];
        Arrays.fill(most, (byte) -1);
        var texts = new HashSet<String>();
        var id = UUID.randomUUID();
        for (var secret : new byte[][] {new byte[32], most, Tokens.random(32), Tokens.random(32)}) {
            texts.add(KeyText.of(id, secret));
        }

        assertThat(texts).hasSize(4).allMatch(text -> text.length() == 75);
    }

    @Test
    void tellsEveryMistypedLetter() {
        var text = KeyText.of(UUID.randomUUID(), Tokens.random(32));
        for (int at = 0; at < text.length(); at++) {
            for (char other : "0aZ_-".toCharArray()) {
                if (text.charAt(at) != other) {
                    var mistyped = text.substring(0, at) + other + text.substring(at + 1);
                    assertThat(KeyText.id(mistyped)).as(mistyped).isEmpty();
                }
            }
        }
    }

    @Test
    void tellsLettersThatWereSwapped() {
        var text = KeyText.of(UUID.randomUUID(), Tokens.random(32));
        for (int at = 4; at + 1 < text.length(); at++) {
            if (text.charAt(at) != text.charAt(at + 1)) {
                var swapped = text.substring(0, at) + text.charAt(at + 1) + text.charAt(at) + text.substring(at + 2);
                assertThat(KeyText.id(swapped)).as(swapped).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cdr_",
                "cdr_0",
                "Bearer cdr_",
                "cdr_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"
            })
    void isNotAnyText(String text) {
        assertThat(KeyText.id(text)).isEmpty();
    }
}
