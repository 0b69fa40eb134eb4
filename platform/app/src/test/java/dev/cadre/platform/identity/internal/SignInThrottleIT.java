package dev.cadre.platform.identity.internal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.identity.IdentityException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** What somebody learns by trying addresses at registration. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class SignInThrottleIT {

    @Autowired
    SignInThrottle throttle;

    @Test
    void whoeverWasToldOfManyTakenAddressesWaitsWhateverComesNext() {
        var curious = new Client("curious-" + UUID.randomUUID(), null, null);
        for (int told = 0; told < 20; told++) {
            throttle.mayRegister(curious);
            throttle.taken(curious);
        }

        assertThatThrownBy(() -> throttle.mayRegister(curious))
                .isInstanceOf(IdentityException.class)
                .hasFieldOrPropertyWithValue("code", "too-many-attempts");
        var other = new Client("other-" + UUID.randomUUID(), null, null);
        assertThatCode(() -> throttle.mayRegister(other)).doesNotThrowAnyException();
    }
}
