package dev.cadre.platform.cluster.internal;

import com.hazelcast.nio.MemberSocketInterceptor;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Properties;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Both ends of a connection among nodes prove, before a byte of Hazelcast's protocol is read, that they know the
 * installation's key: each answers the other's random challenge. The key itself is never sent.
 */
final class Handshake implements MemberSocketInterceptor {

    private static final Logger log = LoggerFactory.getLogger(Handshake.class);
    private static final int LENGTH = 32;
    private static final int PATIENCE_MILLIS = 3_000;

    private final byte[] key;
    private final SecureRandom random = new SecureRandom();

    Handshake(byte[] key) {
        this.key = key.clone();
    }

    @Override
    public void init(Properties properties) {
        // The key came with the constructor.
    }

    @Override
    public void onConnect(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        var mine = challenge();
        write(socket, mine);
        var theirs = read(socket);
        check(socket, proof("accepts", mine, theirs));
        write(socket, proof("connects", mine, theirs));
        socket.setSoTimeout(0);
    }

    @Override
    public void onAccept(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        var theirs = read(socket);
        var mine = challenge();
        write(
                socket,
                ByteBuffer.allocate(2 * LENGTH)
                        .put(mine)
                        .put(proof("accepts", theirs, mine))
                        .array());
        check(socket, proof("connects", theirs, mine));
        socket.setSoTimeout(0);
    }

    private byte[] challenge() {
        var bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Says which end speaks, so that nobody passes by sending back what he was sent. */
    private byte[] proof(String end, byte[] connecting, byte[] accepting) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(end.getBytes(StandardCharsets.US_ASCII));
            mac.update(connecting);
            mac.update(accepting);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HmacSHA256.", e);
        }
    }

    private static void check(Socket socket, byte[] expected) throws IOException {
        if (!MessageDigest.isEqual(expected, read(socket))) {
            var refusal = "Whoever is at " + socket.getRemoteSocketAddress()
                    + " does not know this installation's key and is refused.";
            log.warn("{} Nodes of one installation need the same CADRE_MASTER_KEY.", refusal);
            throw new IOException(refusal);
        }
    }

    private static byte[] read(Socket socket) throws IOException {
        // Not a byte more: what follows is Hazelcast's.
        var bytes = socket.getInputStream().readNBytes(LENGTH);
        if (bytes.length < LENGTH) {
            throw new EOFException("Whoever is at " + socket.getRemoteSocketAddress() + " went away without a proof.");
        }
        return bytes;
    }

    private static void write(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }
}
