package dev.cadre.spi;

/**
 * How people see a step type.
 *
 * @param id kebab-case, unique in an installation, the {@code use} of the workflow file
 * @param title at most 40 characters
 * @param description one sentence; a model reads it too when the step is offered as a tool
 * @param category heading in the step library: {@code AI}, {@code Tools}, {@code Connectors}, {@code Triggers} or {@code Flow}
 * @param icon path data of a stroked 24 × 24 SVG icon
 * @since 0.1
 */
public record StepInfo(String id, String title, String description, String category, String icon) {}
