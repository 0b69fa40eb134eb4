package dev.cadre.platform.model;

import java.util.Map;

/**
 * A tool as it is offered to a model.
 *
 * @param name what {@link dev.cadre.spi.agent.Message.ToolCall#tool()} will say; any text, the gateway finds a name that the
 *     provider accepts
 * @param schema JSON Schema of the arguments as JSON values
 */
public record ToolSchema(String name, String description, Map<String, Object> schema) {}
