package dev.cadre.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The hub's clock, as far from the real one as a test says. */
public final class SettableClock extends Clock {

    @TestConfiguration(proxyBeanMethods = false)
    public static class Given {
        @Bean
        @Primary
        SettableClock settableClock() {
            return new SettableClock();
        }
    }

    private volatile Instant now = Instant.EPOCH;
    private volatile boolean set;

    public void set(Instant instant) {
        now = instant;
        set = true;
    }

    public void set(long epochSeconds) {
        set(Instant.ofEpochSecond(epochSeconds));
    }

    public void advance(Duration time) {
        set(instant().plus(time));
    }

    public void reset() {
        set = false;
    }

    @Override
    public Instant instant() {
        return set ? now : Instant.now();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
