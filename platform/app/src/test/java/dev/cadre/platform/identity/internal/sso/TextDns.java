package dev.cadre.platform.identity.internal.sso;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A DNS server (RFC 1035, over UDP) that knows TXT records of its names and fails on all others. */
final class TextDns implements AutoCloseable {

    private static final int TXT = 16;
    private static final int SERVER_FAILURE = 2;
    private static final int NAME_ERROR = 3;

    /** By names in lower case. */
    final Map<String, List<String>> records = new ConcurrentHashMap<>();

    volatile boolean fails;

    private final String zone;
    private final DatagramSocket socket;

    private TextDns(String zone, DatagramSocket socket) {
        this.zone = zone;
        this.socket = socket;
    }

    /** @param zone what all names end with that it knows of */
    static TextDns start(String zone) {
        try {
            var dns = new TextDns(zone, new DatagramSocket(0, InetAddress.getLoopbackAddress()));
            Thread.ofPlatform().daemon().name("text-dns").start(dns::answer);
            return dns;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void answer() {
        var packet = new DatagramPacket(new byte[512], 512);
        try {
            while (true) {
                packet.setLength(512);
                socket.receive(packet);
                var answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private byte[] answer(byte[] query) {
        var name = new StringBuilder();
        int at = 12;
        for (int length = query[at]; length > 0; length = query[at]) {
            name.append(name.isEmpty() ? "" : ".").append(new String(query, at + 1, length, StandardCharsets.US_ASCII));
            at += length + 1;
        }
        int end = at + 5; // the closing zero, type and class
        var asked = name.toString().toLowerCase(Locale.ROOT);
        boolean failing = fails || !asked.endsWith(zone);
        var found = failing ? List.<String>of() : records.getOrDefault(asked, List.of());
        var out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(12)
                .put(query, 0, 2)
                .putShort((short) (0x8180 | (failing ? SERVER_FAILURE : found.isEmpty() ? NAME_ERROR : 0)))
                .putShort((short) 1)
                .putShort((short) found.size())
                .putInt(0)
                .array());
        out.write(query, 12, end - 12);
        for (var text : found) {
            var bytes = text.getBytes(StandardCharsets.US_ASCII);
            out.writeBytes(ByteBuffer.allocate(13 + bytes.length)
                    .putShort((short) 0xc00c) // the name that was asked for
                    .putShort((short) TXT)
                    .putShort((short) 1)
                    .putInt(60)
                    .putShort((short) (bytes.length + 1))
                    .put((byte) bytes.length)
                    .put(bytes)
                    .array());
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
