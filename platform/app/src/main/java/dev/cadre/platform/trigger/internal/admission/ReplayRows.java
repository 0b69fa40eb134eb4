package dev.cadre.platform.trigger.internal.admission;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The signed requests that were let in, for as long as they could be let in again. All nodes share them. */
@Repository
class ReplayRows {

    /** Who holds a row: the run, and how long ago it took it. */
    record Claim(RunId run, Duration age, boolean expired) {}

    private static final Logger log = LoggerFactory.getLogger(ReplayRows.class);

    /** Nodes' clocks may differ. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private static final int BATCH = 5_000;
    private static final int MOST_BATCHES = 100;

    private final JdbcClient jdbc;
    private final int limit;

    ReplayRows(JdbcClient jdbc, ReplaySettings settings) {
        this.jdbc = jdbc;
        this.limit = settings.replayEntries();
    }

    /** Says whether this request is the first of its kind. */
    boolean claim(OrganizationId organization, Signed signed, RunId run) {
        return jdbc.sql("insert into webhook_replay (seen, organization_id, run_id, expires_at)"
                                + " values (?, ?, ?, now() + make_interval(secs => ?)) on conflict (seen) do nothing")
                        .params(signed.seen(), organization.value(), run.value(), lifetime(signed))
                        .update()
                == 1;
    }

    Optional<Claim> find(OrganizationId organization, Signed signed) {
        return jdbc.sql("select run_id, extract(epoch from now() - claimed_at) as age, expires_at < now() as expired"
                        + " from webhook_replay where organization_id = ? and seen = ?")
                .params(organization.value(), signed.seen())
                .query((row, _) -> new Claim(
                        new RunId(row.getObject("run_id", UUID.class)),
                        Duration.ofSeconds(row.getLong("age")),
                        row.getBoolean("expired")))
                .optional();
    }

    /** Takes the place of a claim that came to nothing; says whether nobody else was faster. */
    boolean takeOver(OrganizationId organization, Signed signed, RunId before, RunId run) {
        return jdbc.sql("update webhook_replay set run_id = ?, claimed_at = now(),"
                                + " expires_at = now() + make_interval(secs => ?)"
                                + " where organization_id = ? and seen = ? and run_id = ?")
                        .params(run.value(), lifetime(signed), organization.value(), signed.seen(), before.value())
                        .update()
                == 1;
    }

    void release(OrganizationId organization, Signed signed, RunId run) {
        jdbc.sql("delete from webhook_replay where organization_id = ? and seen = ? and run_id = ?")
                .params(organization.value(), signed.seen(), run.value())
                .update();
    }

    private static long lifetime(Signed signed) {
        return signed.remaining().plus(SLACK).toSeconds();
    }

    /** Deletes what is over, in batches, and beyond the limit also what is oldest. */
    void sweep() {
        inBatches("select ctid from webhook_replay where expires_at < now()");
        int held = jdbc.sql("select count(*) from (select 1 from webhook_replay limit ?) as held")
                .param(limit + BATCH)
                .query(Integer.class)
                .single();
        if (held > limit) {
            log.warn("More than {} signed webhook requests are remembered: the oldest are forgotten too early", limit);
            delete("select ctid from webhook_replay order by expires_at", held - limit);
        }
    }

    private void inBatches(String rows) {
        int deleted = BATCH;
        for (int batch = 0; batch < MOST_BATCHES && deleted == BATCH; batch++) {
            deleted = delete(rows, BATCH);
        }
    }

    private int delete(String rows, int most) {
        return jdbc.sql("delete from webhook_replay where ctid in (" + rows + " limit ? for update skip locked)")
                .param(most)
                .update();
    }
}
