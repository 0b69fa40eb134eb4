package dev.cadre.platform.cluster.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.cluster.Load;
import dev.cadre.platform.cluster.NodeStatus;
import dev.cadre.platform.cluster.internal.Vitals.Membership;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VitalsTest {

    private static final UUID NODE = UUID.randomUUID();
    private static final Duration A_MOMENT = Duration.ofMillis(900);
    private static final Duration LONG = Vitals.SILENCE.plusSeconds(1);

    private final Vitals vitals = new Vitals();

    @Test
    void aNodeCutOffFromTheOthersIsAliveWhileItBeats() {
        for (int look = 0; look < 100; look++) {
            assertThat(vitals.isDead(seen(false, A_MOMENT, false), Membership.GONE))
                    .isFalse();
        }
    }

    @Test
    void aKilledMemberIsDeadAtOnce() {
        assertThat(vitals.isDead(seen(true, A_MOMENT, false), Membership.GONE)).isTrue();
    }

    @Test
    void aMemberWhoseMachineVanishedIsDeadWhenItsRowIsSilent() {
        assertThat(vitals.isDead(seen(false, LONG, false), Membership.GONE)).isTrue();
    }

    @Test
    void aMemberThatLostItsDatabaseConnectionForAMomentIsAlive() {
        assertThat(vitals.isDead(seen(true, A_MOMENT, false), Membership.PRESENT))
                .isFalse();
        assertThat(vitals.isDead(seen(true, LONG, false), Membership.PRESENT)).isFalse();
    }

    @Test
    void withoutAClusterAFreeLockCountsWhenItIsSeenTwiceInARow() {
        assertThat(vitals.isDead(seen(true, A_MOMENT, false), Membership.UNKNOWN))
                .isFalse();
        assertThat(vitals.isDead(seen(false, A_MOMENT, false), Membership.UNKNOWN))
                .isFalse();
        assertThat(vitals.isDead(seen(true, A_MOMENT, false), Membership.UNKNOWN))
                .isFalse();
        assertThat(vitals.isDead(seen(true, A_MOMENT, false), Membership.UNKNOWN))
                .isTrue();
    }

    @Test
    void aRowThatRanOutIsDeadWhateverElseIsKnown() {
        assertThat(vitals.isDead(seen(false, LONG, true), Membership.PRESENT)).isTrue();
    }

    @Test
    void forgetsWhomItSuspectedWhenTheNodeIsNoMore() {
        vitals.isDead(seen(true, A_MOMENT, false), Membership.UNKNOWN);
        vitals.keepOnly(Set.of());

        assertThat(vitals.isDead(seen(true, A_MOMENT, false), Membership.UNKNOWN))
                .isFalse();
    }

    private static NodeRows.Seen seen(boolean lockFree, Duration silent, boolean expired) {
        var now = Instant.now();
        var status =
                new NodeStatus(NODE, "a:8080", "a", "1", null, now, now.minus(silent), silent, new Load(0, 0, 0, 0, 0));
        return new NodeRows.Seen(status, lockFree, expired);
    }
}
