package dev.cadre.platform.workflow;

import dev.cadre.platform.connector.ConnectionMoveRequested;
import dev.cadre.platform.database.Walls;
import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.workflow.internal.storage.WorkflowRows;
import dev.cadre.platform.workflow.internal.storage.WorkflowRows.Live;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps a connection within reach of the live versions that use it, in projects that the mover does not see too. */
@Component
class LiveConnections {

    private final WorkflowRows rows;
    private final Workflows workflows;

    LiveConnections(WorkflowRows rows, Workflows workflows) {
        this.rows = rows;
        this.workflows = workflows;
    }

    @EventListener
    void refuse(ConnectionMoveRequested move) {
        var to = move.to();
        if (to == null) {
            return; // all may use it there
        }
        var users = Walls.withinAllProjects(() -> users(move, to));
        if (!users.isEmpty()) {
            var seen = users.stream()
                    .filter(user -> workflows.isInSight(move.organization(), user.workflow()))
                    .toList();
            throw new ConnectionInUse(move.name(), seen, users.size() - seen.size());
        }
    }

    private List<Live> users(ConnectionMoveRequested move, ProjectId to) {
        var id = move.connection().toString();
        return rows.liveThatMayName(move.organization(), move.name(), id, move.from(), to).stream()
                .filter(live ->
                        workflows
                                .connectionsOf(workflows.bpmn(move.organization(), live.workflow(), live.revision()))
                                .stream()
                                .anyMatch(named -> named.equals(move.name()) || named.equalsIgnoreCase(id)))
                .toList();
    }
}
