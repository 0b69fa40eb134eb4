package dev.cadre.platform.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** The last six digits of the values of RFC 6238, appendix B. */
    @ParameterizedTest
    @CsvSource({"59, 287082", "1111111109, 081804", "1234567890, 005924", "20000000000, 353130"})
    void makesTheCodesOfTheStandard(long time, String code) {
        assertThat(Totp.code(SECRET, Totp.step(time))).isEqualTo(code);
    }

    @Test
    void takesTheStepsAroundNowOnly() {
        assertThat(Totp.match(SECRET, "287082", 59 + 30)).hasValue(1);
        assertThat(Totp.match(SECRET, "287082", 59 + 61)).isEmpty();
        assertThat(Totp.match(SECRET, "", 59)).isEmpty();
    }

    @Test
    void writesSecretsAsAuthenticatorAppsReadThem() {
        assertThat(Totp.base32(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(Totp.base32(new byte[] {'f', 'o'})).isEqualTo("MZXQ");
    }
}
