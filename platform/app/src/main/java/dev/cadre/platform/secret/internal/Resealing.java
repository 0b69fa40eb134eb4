package dev.cadre.platform.secret.internal;

import dev.cadre.platform.database.WalledPool;
import dev.cadre.platform.secret.SealedColumn;
import dev.cadre.platform.secret.SecretUnreadable;
import dev.cadre.platform.secret.Secrets;
import dev.cadre.platform.shared.Clocked;
import dev.cadre.platform.shared.OrganizationId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Encrypts anew what is still under a key of before, and lets that key go when nothing is. Any number of nodes may do it at
 * once: a value is replaced only where it is still the one that was read.
 */
@Component
public class Resealing extends Clocked {

    private static final Logger log = LoggerFactory.getLogger(Resealing.class);
    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Longer than any node works with a key that was replaced. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private static final int BATCH = 100;

    private record Old(byte[] sealed, String purpose) {}

    private final DataKeys keys;
    private final Secrets secrets;
    private final JdbcClient jdbc;
    private final ObjectProvider<SealedColumn> columns;

    Resealing(DataKeys keys, Secrets secrets, WalledPool pool, ObjectProvider<SealedColumn> columns) {
        super("resealing", PATIENCE);
        this.keys = keys;
        this.secrets = secrets;
        this.jdbc = JdbcClient.create(pool);
        this.columns = columns;
    }

    private void look() {
        try {
            rotating().forEach(this::tryToFinish);
        } catch (RuntimeException e) {
            log.warn("Secrets can't be encrypted anew now: {}", e.getMessage());
        }
    }

    /** What is wrong with one organization's key stops no other's. */
    private void tryToFinish(OrganizationId organization) {
        try {
            finish(organization, GRACE);
        } catch (RuntimeException e) {
            log.warn("The secrets of {} can't be encrypted anew now: {}", organization, e.getMessage());
        }
    }

    private List<OrganizationId> rotating() {
        return jdbc.sql("select organization_id from data_key where rotating and wrapped_key is not null")
                .query((row, number) -> new OrganizationId(row.getObject(1, UUID.class)))
                .list();
    }

    /** True where the key of before is gone now. */
    boolean finish(OrganizationId organization, Duration grace) {
        keys.newer(organization);
        var prefix = keys.prefix(organization);
        int anew = 0;
        int left = 0;
        for (var column : columns.stream()
                .sorted(Comparator.comparing(SealedColumn::table).thenComparing(SealedColumn::column))
                .toList()) {
            if (column.organization() != null || organization.equals(Secrets.INSTALLATION)) {
                anew += seal(organization, column, prefix);
                left += left(organization, column, prefix);
            }
        }
        if (anew > 0) {
            log.info("Encrypted {} secrets under the new key of {}", anew, organization);
        }
        boolean old = jdbc.sql(
                        "select rotated_at < now() - make_interval(secs => ?) from data_key where organization_id = ?")
                .param(grace.toSeconds())
                .param(organization.value())
                .query(Boolean.class)
                .single();
        if (left > 0 || !old) {
            return false;
        }
        keys.retire(organization, prefix);
        return true;
    }

    private int seal(OrganizationId organization, SealedColumn column, byte[] prefix) {
        int anew = 0;
        var last = new byte[0];
        while (true) {
            var batch = old(organization, column, prefix, last);
            for (var value : batch) {
                anew += seal(organization, column, value);
                last = value.sealed();
            }
            if (batch.size() < BATCH) {
                return anew;
            }
        }
    }

    private List<Old> old(OrganizationId organization, SealedColumn column, byte[] prefix, byte[] last) {
        return select(organization, column, "%s as sealed, %s as purpose".formatted(column.column(), column.purpose()))
                .apply(" and %1$s > :last and %2$s order by %1$s limit :limit"
                        .formatted(column.column(), column.free()))
                .param("prefix", prefix)
                .param("last", last)
                .param("limit", BATCH)
                .query((row, number) -> new Old(row.getBytes(1), row.getString(2)))
                .list();
    }

    private int left(OrganizationId organization, SealedColumn column, byte[] prefix) {
        return select(organization, column, "count(*)")
                .apply(" and not (%s)".formatted(column.free()))
                .param("prefix", prefix)
                .query(Integer.class)
                .single();
    }

    private interface Ending {
        JdbcClient.StatementSpec apply(String end);
    }

    /** What is not under the key of now. Names come from this program, never from outside. */
    private Ending select(OrganizationId organization, SealedColumn column, String what) {
        var sql = "select %s from %s where substring(%s from 1 for 5) <> :prefix"
                .formatted(what, column.table(), column.column());
        return end -> column.organization() == null
                ? jdbc.sql(sql + end)
                : jdbc.sql(sql + " and " + column.organization() + " = :organization" + end)
                        .param("organization", organization.value());
    }

    private int seal(OrganizationId organization, SealedColumn column, Old old) {
        byte[] plain;
        try {
            plain = secrets.decrypt(organization, old.purpose(), old.sealed());
        } catch (SecretUnreadable e) {
            log.warn("A secret in {} can't be read, under no key", column.table());
            return 0;
        }
        return jdbc.sql("update %1$s set %2$s = :anew where %2$s = :old and %3$s"
                        .formatted(column.table(), column.column(), column.free()))
                .param("anew", secrets.encrypt(organization, old.purpose(), plain))
                .param("old", old.sealed())
                .update();
    }

    /** Soon, on this node. */
    public void soon() {
        clock.soon(this::look);
    }

    @Override
    public void start() {
        clock.start(LOOK, this::look);
    }
}
