package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.cluster.LoadMeter;
import dev.cadre.platform.cluster.Messages;
import dev.cadre.platform.cluster.Node;
import dev.cadre.platform.shared.TaskId;
import java.util.Collection;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives leases of this node back, so that the others go on at once and not when this node is gone. */
@Component
class Handover {

    /** What nodes tell each other when there are leases to take. */
    static final String TOPIC = "leases-free";

    /** The node of a lease that was given back: there is no such node, so anybody may take it. */
    static final UUID NOBODY = new UUID(0, 0);

    /** The node of a lease whose run is paused: nobody takes it until the run goes on. */
    static final UUID PAUSED = new UUID(0, 1);

    private static final Logger log = LoggerFactory.getLogger(Handover.class);

    private final JdbcClient jdbc;
    private final Node node;
    private final Messages messages;

    Handover(JdbcClient jdbc, Node node, Messages messages, Workbench workbench, LoadMeter load) {
        this.jdbc = jdbc;
        this.node = node;
        this.messages = messages;
        load.countTasks(workbench::inWork, workbench::waiting);
    }

    /** All leases but those of some tasks. What this node still does about the others counts no more. */
    void giveBack(Collection<TaskId> kept) {
        try {
            int given = jdbc.sql("update lease set node = ? where node = ? and not (task_id = any(?))")
                    .params(NOBODY, node.id(), kept.stream().map(TaskId::value).toArray(UUID[]::new))
                    .update();
            if (given > 0) {
                log.info("Gave {} tasks back for others to go on with", given);
                messages.send(TOPIC, "");
            }
        } catch (RuntimeException e) {
            log.warn("Leases can't be given back now, they are taken when this node is gone: {}", e.getMessage());
        }
    }
}
