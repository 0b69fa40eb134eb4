package dev.cadre.platform.shared.web;

import dev.cadre.platform.shared.CadreException.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every failed request is answered with (RFC 9457).
 *
 * @param type where the code is explained
 * @param code stable name of what went wrong
 * @param traceId finds this request in the hub's log
 * @param violations the wrong places of an input
 */
public record ProblemDocument(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String traceId,
        @Nullable List<Violation> violations) {

    Map<String, Object> with(Map<String, Object> members) {
        var all = new LinkedHashMap<String, Object>();
        all.put("type", type);
        all.put("title", title);
        all.put("status", status);
        all.put("detail", detail);
        all.put("instance", instance);
        all.put("code", code);
        all.put("traceId", traceId);
        if (violations != null && !violations.isEmpty()) {
            all.put("violations", violations);
        }
        members.forEach(all::putIfAbsent);
        return all;
    }
}
