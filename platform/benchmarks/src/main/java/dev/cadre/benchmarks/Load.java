package dev.cadre.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** A closed-loop HTTP/1.1 load from plain sockets: cheap, since it shares the cores with what it measures. */
final class Load {

    /** What a load came to; latencies in milliseconds. */
    record Result(int connections, long requests, long failures, double seconds, double p50, double p99) {
        double rate() {
            return requests / seconds;
        }
    }

    private Load() {}

    static Result post(int port, String path, String body, int connections, double seconds) throws Exception {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = "POST " + path + " HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        var request = (head + body).getBytes(StandardCharsets.UTF_8);
        long end = System.nanoTime() + (long) (seconds * 1e9);
        var latencies = new ConcurrentLinkedQueue<long[]>();
        var failures = new LongAdder();
        var broken = new ConcurrentLinkedQueue<Exception>();
        var threads = new ArrayList<Thread>();
        long start = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    latencies.add(loop(port, request, end, failures));
                } catch (Exception e) {
                    broken.add(e);
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        if (!broken.isEmpty()) {
            throw broken.element();
        }
        double taken = (System.nanoTime() - start) / 1e9;
        long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Result(
                connections,
                all.length,
                failures.sum(),
                taken,
                all[all.length / 2] / 1e6,
                all[(int) (all.length * 0.99)] / 1e6);
    }

    private static long[] loop(int port, byte[] request, long end, LongAdder failures) throws IOException {
        long[] taken = new long[4096];
        int count = 0;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(70_000);
            var in = new BufferedInputStream(socket.getInputStream(), 16_384);
            var out = socket.getOutputStream();
            while (System.nanoTime() < end) {
                long begin = System.nanoTime();
                out.write(request);
                if (readAnswer(in) / 100 != 2) {
                    failures.increment();
                }
                if (count == taken.length) {
                    taken = Arrays.copyOf(taken, count * 2);
                }
                taken[count++] = System.nanoTime() - begin;
            }
        }
        return Arrays.copyOf(taken, count);
    }

    private static int readAnswer(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ")[1]);
        int length = 0;
        boolean chunked = false;
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            var lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
                chunked = true;
            }
        }
        if (chunked) {
            for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                in.skipNBytes(size);
                line(in);
            }
            line(in);
        } else {
            in.skipNBytes(length);
        }
        return status;
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The hub closed the connection");
            }
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }
}
