package dev.cadre.platform.audit.internal;

import dev.cadre.platform.database.WalledPool;
import dev.cadre.platform.secret.Secrets;
import dev.cadre.platform.shared.OrganizationId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What only the hub can write: its key is in the database, but readable with the installation's key alone, which is wrapped by
 * the master key. Whoever rules over the database and not over the hub can't make a seal.
 */
@Component
@DependsOnDatabaseInitialization
class Seals {

    private static final String PURPOSE = "audit-key";
    private static final int LENGTH = 32;

    private final SecretKeySpec key;

    /** Over the pool itself, like the keys of organizations: here, while nothing runs within walls. */
    Seals(Secrets secrets, WalledPool pool) {
        var jdbc = JdbcClient.create(pool);
        var sealed = find(jdbc);
        if (sealed.isEmpty()) {
            var random = new byte[LENGTH];
            new SecureRandom().nextBytes(random);
            jdbc.sql("insert into audit_key (id, sealed) values (1, ?) on conflict do nothing")
                    .param(secrets.encrypt(Secrets.INSTALLATION, PURPOSE, random))
                    .update();
            // Another node may have been first: what is stored counts.
            sealed = find(jdbc);
        }
        key = new SecretKeySpec(secrets.decrypt(Secrets.INSTALLATION, PURPOSE, sealed.orElseThrow()), "HmacSHA256");
    }

    private static Optional<byte[]> find(JdbcClient jdbc) {
        return jdbc.sql("select sealed from audit_key").query(byte[].class).optional();
    }

    /** Of one event, as it was written: nobody else can make or change one. */
    byte[] ofEvent(@Nullable OrganizationId organization, EventFields event) {
        return mac(
                "event",
                organization,
                text(event.id()),
                number(Math.addExact(
                        Math.multiplyExact(event.at().getEpochSecond(), 1_000_000L),
                        event.at().getNano() / 1_000)),
                text(event.actorKind()),
                text(event.actorId()),
                text(event.action()),
                text(event.subjectType()),
                text(event.subjectId()),
                event.originCommitment(),
                event.contentCommitment());
    }

    /** What a chain begins with. */
    byte[] beginning(OrganizationId organization) {
        return mac("beginning", organization);
    }

    /** Of an event at its place in the chain: holds all that was before. */
    byte[] link(OrganizationId organization, long position, byte[] before, UUID event, byte[] seal) {
        return mac("link", organization, number(position), before, text(event), seal);
    }

    /** Of the place where a chain ends. */
    byte[] head(OrganizationId organization, long position, byte[] hash) {
        return mac("head", organization, number(position), hash);
    }

    /** Of the place where a chain begins after old events were deleted. */
    byte[] anchor(OrganizationId organization, long position, byte[] hash) {
        return mac("anchor", organization, number(position), hash);
    }

    private byte[] mac(String what, @Nullable OrganizationId organization, byte[]... parts) {
        var all = new ByteArrayOutputStream();
        add(all, text(what));
        add(all, text(organization));
        for (var part : parts) {
            add(all, part);
        }
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(all.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HmacSHA256.", e);
        }
    }

    /** With its length, so that no two lists of parts look the same. */
    private static void add(ByteArrayOutputStream all, byte[] part) {
        all.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        all.writeBytes(part);
    }

    private static byte[] text(@Nullable Object value) {
        return Objects.toString(value, "").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
