package dev.cadre.platform.workflow.internal.storage;

import dev.cadre.platform.shared.PersonalData;
import java.util.List;
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
    public List<Kind> kinds() {
        return List.of(
                kind(
                        "savedWorkflows",
                        "Revisions of workflows that you have saved.",
                        "select organization_id, workflow_id, revision, name, saved_at from workflow_revision where saved_by = ? order by saved_at"),
                kind(
                        "publishedWorkflows",
                        "Versions of workflows that you have published.",
                        "select organization_id, workflow_id, version, published_at from workflow_version where published_by = ? order by published_at"));
    }

    private Kind kind(String name, String about, String sql) {
        return new Kind(
                name,
                about,
                person -> PersonalData.rows(jdbc.sql(sql).param(person.id().value())));
    }

    @Override
    public void erase(Person person) {
        // An id without an account is nobody's.
    }
}
