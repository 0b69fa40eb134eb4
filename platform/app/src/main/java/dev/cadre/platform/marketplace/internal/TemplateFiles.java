package dev.cadre.platform.marketplace.internal;

import dev.cadre.platform.marketplace.WorkflowTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** Reads the folders of {@code bpmn-templates} that were packed into the hub. */
@Component
public class TemplateFiles {

    /** A trigger or step says in {@code use} what it is; an approval and a decision are steps of their own. */
    private static final Pattern USE =
            Pattern.compile("<cadre:(?:(?:trigger|step)\\s+use=\"(?<use>[^\"]+)\"|(?<own>approval|decision)\\b)");

    private static final JsonMapper JSON = JsonMapper.shared();

    public List<WorkflowTemplate> read() {
        try {
            var found =
                    new PathMatchingResourcePatternResolver().getResources("classpath*:bpmn-templates/*/template.yaml");
            var templates = new ArrayList<WorkflowTemplate>();
            for (var resource : found) {
                templates.add(template(resource));
            }
            templates.sort(Comparator.comparing(WorkflowTemplate::category).thenComparing(WorkflowTemplate::name));
            return List.copyOf(templates);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WorkflowTemplate template(Resource described) throws IOException {
        Map<String, Object> yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(text(described));
        var path = described.getURL().getPath().split("/");
        var id = path[path.length - 2];
        var bpmn = text(described.createRelative("process.bpmn"));
        return new WorkflowTemplate(
                id,
                said(yaml, "name", id),
                said(yaml, "description", id),
                said(yaml, "category", id),
                yaml.get("tags") instanceof List<?> tags
                        ? tags.stream().map(String::valueOf).toList()
                        : List.of(),
                USE.matcher(bpmn)
                        .results()
                        .map(use -> Objects.requireNonNullElseGet(use.group("use"), () -> own(use.group("own"))))
                        .distinct()
                        .toList(),
                JSON.readValue(text(described.createRelative("example-input.json")), Object.class),
                bpmn);
    }

    private static String own(String extension) {
        return extension.equals("decision") ? "decision-table" : extension;
    }

    private static String said(Map<String, Object> yaml, String field, String id) {
        if (yaml.get(field) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalStateException("The template " + id + " has no " + field + ".");
    }

    private static String text(Resource resource) throws IOException {
        return resource.getContentAsString(StandardCharsets.UTF_8);
    }
}
