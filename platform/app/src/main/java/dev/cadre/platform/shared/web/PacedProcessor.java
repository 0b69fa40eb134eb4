package dev.cadre.platform.shared.web;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.ErrorState;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** Serves one connection, and cuts it off where its client is slower than the pace allows. */
final class PacedProcessor extends Http11Processor {

    private final PacedProtocol protocol;
    private @Nullable SocketWrapperBase<?> client;
    private long headBegan;

    PacedProcessor(PacedProtocol protocol, Adapter adapter) {
        super(protocol, new Draining(adapter));
        this.protocol = protocol;
        request.setInputBuffer(new Paced(request.getInputBuffer()));
    }

    /** Comes back with {@code LONG} when the head of a request has begun and more of it must come. */
    @Override
    public SocketState service(SocketWrapperBase<?> socket) throws IOException {
        var state = super.service(socket);
        if (state != SocketState.LONG || isAsync()) {
            client = null;
            return state;
        }
        long now = System.nanoTime();
        if (!socket.equals(client)) { // a processor serves one connection after the other
            client = socket;
            headBegan = now;
        }
        return now - headBegan > protocol.pace().head().toNanos() ? SocketState.CLOSED : state;
    }

    /** Measures how long the body is waited for; what the application does between two reads does not count. */
    private final class Paced implements InputBuffer {

        private final InputBuffer bytes;
        private long read;
        private long waited;

        Paced(InputBuffer bytes) {
            this.bytes = bytes;
        }

        void begin() {
            read = 0;
            waited = 0;
        }

        @Override
        public int doRead(ApplicationBufferHandler handler) throws IOException {
            long before = System.nanoTime();
            int some = next(handler);
            waited += System.nanoTime() - before;
            read += Math.max(0, some);
            var pace = protocol.pace();
            if (some > 0 && waited - pace.body().toNanos() > read * 1e9 / pace.rate()) {
                throw giveUp(new SocketTimeoutException("The body comes too slowly"));
            }
            return some;
        }

        private int next(ApplicationBufferHandler handler) throws IOException {
            try {
                return bytes.doRead(handler);
            } catch (SocketTimeoutException e) {
                throw giveUp(e);
            }
        }

        /** Nothing more is read, also not in order to use the connection again. */
        private SocketTimeoutException giveUp(SocketTimeoutException tooSlow) {
            setErrorState(ErrorState.CLOSE_CLEAN, tooSlow);
            return tooSlow;
        }

        @Override
        public int available() {
            return bytes.available();
        }
    }

    /** Reads what the application has left of a body, at the same pace: Tomcat itself would wait for it without an end. */
    private record Draining(Adapter adapter) implements Adapter {

        private static final int MOST = 32 << 20;

        @Override
        public void service(Request request, Response response) throws Exception {
            if (request.getInputBuffer() instanceof Paced body) {
                body.begin();
            }
            adapter.service(request, response);
            var async = new AtomicBoolean();
            request.action(ActionCode.ASYNC_IS_ASYNC, async);
            if (!async.get()) {
                drain(request);
            }
        }

        private static void drain(Request request) {
            if (request.hasExpectation()) {
                return; // its body has not been asked for
            }
            var rest = new Rest();
            try {
                long read = 0;
                for (int some = request.getInputBuffer().doRead(rest); some >= 0 && read < MOST; ) {
                    read += some;
                    some = request.getInputBuffer().doRead(rest);
                }
            } catch (IOException e) {
                // too slow or gone: the connection is not used again
            }
        }

        @Override
        public boolean prepare(Request request, Response response) throws Exception {
            return adapter.prepare(request, response);
        }

        @Override
        public boolean asyncDispatch(Request request, Response response, SocketEvent status) throws Exception {
            return adapter.asyncDispatch(request, response, status);
        }

        @Override
        public String getDomain() {
            return adapter.getDomain();
        }

        @Override
        public void log(Request request, Response response, long time) {
            adapter.log(request, response, time);
        }

        @Override
        public void checkRecycled(Request request, Response response) {
            adapter.checkRecycled(request, response);
        }
    }

    private static final class Rest implements ApplicationBufferHandler {

        private ByteBuffer buffer = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {}
    }
}
