package dev.cadre.platform.connector.internal;

import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.StepException.Retryable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** An answer that ends in a failure when it is larger or slower than a step may bear. */
final class BoundedEntity extends HttpEntityWrapper {

    static final long LIMIT = 10 << 20;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    BoundedEntity(HttpEntity entity) {
        super(entity);
        if (entity.getContentLength() > LIMIT) {
            throw tooLarge();
        }
    }

    @Override
    public InputStream getContent() throws IOException {
        return new Bounded(super.getContent());
    }

    private static Rejected tooLarge() {
        return new Rejected("RESPONSE_TOO_LARGE", "The service's answer is larger than " + (LIMIT >> 20) + " MB.");
    }

    private static final class Bounded extends FilterInputStream {

        private final long deadline = System.nanoTime() + PATIENCE.toNanos();
        private long read;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int some = super.read(into, offset, length);
            count(Math.max(0, some));
            return some;
        }

        private void count(int more) {
            read += more;
            if (read > LIMIT) {
                throw tooLarge();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new Retryable("HTTP_TIMEOUT", "The service's answer took longer than " + PATIENCE + ".");
            }
        }
    }
}
