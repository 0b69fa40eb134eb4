package dev.cadre.platform.marketplace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workflow that somebody can start from.
 *
 * @param id its folder under {@code bpmn-templates}
 * @param stepTypes what its elements use, each once
 * @param exampleInput something to run it with
 */
public record WorkflowTemplate(
        String id,
        String name,
        String description,
        String category,
        List<String> tags,
        List<String> stepTypes,
        @Nullable Object exampleInput,
        String bpmnXml) {}
