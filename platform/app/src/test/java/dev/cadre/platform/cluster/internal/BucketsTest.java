package dev.cadre.platform.cluster.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With two real members of a cluster. */
class BucketsTest {

    private static TestMembers members;
    private static HazelcastInstance first;
    private static HazelcastInstance second;

    private final String who = "user:" + UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        members = new TestMembers();
        first = members.start(TestMembers.KEY);
        second = members.start(TestMembers.KEY);
        members.meet();
    }

    @AfterAll
    static void stop() {
        members.close();
    }

    @Test
    void givesAsManyAMinuteAsThereAreAndSaysHowManyAreLeft() {
        var buckets = new Buckets(() -> null);
        for (int left = 2; left >= 0; left--) {
            var probe = buckets.take(who, 3);
            assertThat(probe.isConsumed()).isTrue();
            assertThat(probe.getRemainingTokens()).isEqualTo(left);
        }

        var refused = buckets.take(who, 3);

        assertThat(refused.isConsumed()).isFalse();
        assertThat(Duration.ofNanos(refused.getNanosToWaitForRefill())).isBetween(Duration.ZERO, Buckets.MINUTE);
        assertThat(buckets.take("somebody else", 3).isConsumed()).isTrue();
    }

    @Test
    void countsForAllNodesTogether() {
        var nodes = List.of(new Buckets(() -> first), new Buckets(() -> second));
        var granted = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int at = 0; at < 600; at++) {
                var node = nodes.get(at % 2);
                threads.execute(() -> {
                    if (node.take(who, 200).isConsumed()) {
                        granted.incrementAndGet();
                    }
                });
            }
        }

        assertThat(granted).hasValue(200);
    }

    @Test
    void changingTheLimitGivesNothingMoreInTheSameMinute() {
        for (var buckets : List.of(new Buckets(() -> null), new Buckets(() -> first))) {
            var somebody = "user:" + UUID.randomUUID();
            for (int at = 0; at < 3; at++) {
                assertThat(buckets.take(somebody, 3).isConsumed()).isTrue();
            }
            for (long limit : new long[] {3, 50, 3, 50}) {
                assertThat(buckets.take(somebody, limit).isConsumed())
                        .as("of %s a minute", limit)
                        .isFalse();
            }
        }
    }

    @Test
    void whatIsLeftStaysWhenTheLimitChangesAndIsNeverMoreThanTheLimit() {
        for (var nodes : List.of(
                List.of(new Buckets(() -> null)), List.of(new Buckets(() -> first), new Buckets(() -> second)))) {
            var somebody = "user:" + UUID.randomUUID();
            assertThat(nodes.getFirst().take(somebody, 20).getRemainingTokens()).isEqualTo(19);
            assertThat(nodes.getLast().take(somebody, 50).getRemainingTokens()).isEqualTo(18);
            assertThat(nodes.getFirst().take(somebody, 3).getRemainingTokens()).isEqualTo(2);
            assertThat(nodes.getLast().take(somebody, 50).getRemainingTokens()).isEqualTo(1);
        }
    }

    /** A key that somebody has locked never answers; the caller must not wait for ever, and be let in. */
    @Test
    void countsAloneWhileTheOthersDoNotAnswerAndTogetherAgainAfterwards() {
        var buckets = new Buckets(() -> first);
        var map = first.<String, byte[]>getMap(Buckets.MAP);
        assertThat(buckets.take(who, 5).getRemainingTokens()).isEqualTo(4);
        assertThat(buckets.take(who, 5).getRemainingTokens()).isEqualTo(3);

        map.lock(who);
        assertThat(new Buckets(() -> second).take(who, 5).getRemainingTokens())
                .as("of a bucket of its own")
                .isEqualTo(4);
        map.unlock(who);

        // What was given up after a second may still have been counted when the lock was gone.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(map.get(who)).isNotNull());
        assertThat(new Buckets(() -> second).take(who, 5).getRemainingTokens()).isBetween(1L, 2L);
    }

    @Test
    void countsAloneWhereItsOwnMemberIsGone() throws Exception {
        try (var alone = new TestMembers()) {
            var member = alone.start(TestMembers.KEY);
            var buckets = new Buckets(() -> member);
            assertThat(buckets.take(who, 5).getRemainingTokens()).isEqualTo(4);
            member.getLifecycleService().terminate();

            assertThat(buckets.take(who, 5).getRemainingTokens()).isEqualTo(4);
            assertThat(buckets.take(who, 5).getRemainingTokens()).isEqualTo(3);
        }
    }
}
