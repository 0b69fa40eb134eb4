package dev.cadre.platform.workflow;

import dev.cadre.platform.shared.CadreException;
import dev.cadre.platform.workflow.internal.storage.WorkflowRows.Live;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Live versions would lose the connection if it moved. */
public final class ConnectionInUse extends CadreException {

    private static final int MOST = 20;

    /** A workflow that uses it. */
    public record User(String id, String name) {}

    private final List<User> users;
    private final int more;

    /** @param hidden how many besides use it that the mover does not see */
    ConnectionInUse(String connection, List<Live> seen, int hidden) {
        super(
                Kind.CONFLICT,
                "connection-in-use",
                "Published workflows use the connection \"" + connection + "\" where it is now: "
                        + told(seen, hidden)
                        + ". Let it belong to the whole organization until they are moved, or publish versions that do without"
                        + " it.");
        this.users = seen.stream()
                .limit(MOST)
                .map(live -> new User(live.workflow().toString(), live.name()))
                .toList();
        this.more = seen.size() - users.size() + hidden;
    }

    private static String told(List<Live> seen, int hidden) {
        var names = seen.stream().limit(3).map(Live::name).collect(Collectors.joining(", "));
        int others = seen.size() - Math.min(3, seen.size());
        var rest = hidden == 0
                ? others + " more"
                : (others + hidden) + (names.isEmpty() ? "" : " more") + ", of which you do not see " + hidden;
        return others + hidden == 0 ? names : names.isEmpty() ? rest : names + ", and " + rest;
    }

    @Override
    public Map<String, Object> members() {
        return Map.of("workflows", users, "more", more);
    }
}
