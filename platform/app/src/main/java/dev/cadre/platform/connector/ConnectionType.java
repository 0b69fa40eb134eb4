package dev.cadre.platform.connector;

import java.util.Map;

/**
 * A kind of connection, brought by a connector.
 *
 * @param schema JSON Schema of its fields
 * @param oauth whether its owner authorizes it in the browser
 */
public record ConnectionType(
        String type, String title, String description, String icon, Map<String, Object> schema, boolean oauth) {}
