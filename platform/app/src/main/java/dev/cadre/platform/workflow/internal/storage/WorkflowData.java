package dev.cadre.platform.workflow.internal.storage;

import dev.cadre.platform.shared.PersonalData;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which revisions a person has saved and published. They are their organization's, and hold the person's id only. */
@Component
class WorkflowData implements PersonalData {

    private final JdbcClient jdbc;

    WorkflowData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<String, List<Map<String, @Nullable Object>>> export(Person person) {
        return Map.of(
                "savedWorkflows",
                rows(
                        "select organization_id, workflow_id, revision, name, saved_at from workflow_revision where saved_by = ? order by saved_at",
                        person),
                "publishedWorkflows",
                rows(
                        "select organization_id, workflow_id, version, published_at from workflow_version where published_by = ? order by published_at",
                        person));
    }

    private List<Map<String, @Nullable Object>> rows(String sql, Person person) {
        return jdbc.sql(sql).param(person.id().value()).query().listOfRows();
    }

    @Override
    public void erase(Person person) {
        // An id without an account is nobody's.
    }
}
