package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProcessedData;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether data comes in by webhooks. */
@Component
@Order(3)
class WebhookProcessing implements ProcessedData {

    private final JdbcClient jdbc;

    WebhookProcessing(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Category> categories(OrganizationId organization) {
        int open = jdbc.sql("select count(*) from webhook where organization_id = ?")
                .param(organization.value())
                .query(Integer.class)
                .single();
        return open == 0
                ? List.of()
                : List.of(new Category(
                        "What others send to " + (open == 1 ? "1 webhook" : open + " webhooks") + ", with its headers",
                        "Whoever the senders tell of",
                        "Starting runs and going on with them",
                        "As the data of runs",
                        "Database of the hub, in the data of runs"));
    }
}
