package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.run.RetentionSettings;
import dev.cadre.platform.run.RunRetention;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProcessedData;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What workflows work with. */
@Component
@Order(2)
class RunProcessing implements ProcessedData {

    private static final String WHOSE = "Whoever the workflows are about";
    private static final String PURPOSE = "Running the organization's workflows";
    private static final String DATABASE = "Database of the hub";

    private final RunRetention retention;
    private final RetentionSettings settings;

    RunProcessing(RunRetention retention, RetentionSettings settings) {
        this.retention = retention;
        this.settings = settings;
    }

    @Override
    public List<Category> categories(OrganizationId organization) {
        var days = retention.of(organization).days();
        return List.of(
                new Category(
                        "Data of runs and their tasks, and who started and decided what",
                        WHOSE,
                        PURPOSE,
                        after(days.runs(), settings.keepRuns(), "they ended"),
                        DATABASE),
                new Category(
                        "Data of failed runs",
                        WHOSE,
                        "Mending what has failed",
                        after(days.deadLetters(), settings.keepDeadLetters(), "they ended"),
                        DATABASE),
                new Category(
                        "Logs of steps",
                        WHOSE,
                        "Finding out what a step did",
                        after(days.logs(), settings.keepLogs(), "they were written")
                                + "; those of failed runs as long as the run",
                        DATABASE));
    }

    @Override
    public List<Recipient> recipients(OrganizationId organization) {
        return List.of(new Recipient(
                "workflow",
                "Addresses that steps of workflows call",
                null,
                "What the steps send: look into the workflows"));
    }

    private static String after(@Nullable Integer days, Optional<Duration> operator, String since) {
        return RunRetention.inForce(days, operator)
                .map(kept -> text(kept) + " after " + since)
                .orElse("Without end");
    }

    private static String text(Duration time) {
        var days = Duration.ofDays(time.toDays());
        return time.equals(days) ? count(time.toDays(), "day") : count(time.toHours(), "hour");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
