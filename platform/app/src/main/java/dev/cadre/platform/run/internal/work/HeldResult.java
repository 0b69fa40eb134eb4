package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.run.StepError;
import dev.cadre.platform.run.internal.journal.Json;
import dev.cadre.platform.run.internal.journal.Response;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a task came to, as its row keeps it while its run is paused. Log lines are kept by themselves. */
final class HeldResult {

    private HeldResult() {}

    static String write(Completion.Result result) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("output", result.output());
        var error = result.error();
        values.put("error", error == null ? null : error.values());
        var response = result.response();
        if (response != null) {
            var answer = new LinkedHashMap<String, @Nullable Object>();
            answer.put("status", response.status());
            answer.put("headers", response.headers());
            answer.put("body", response.body());
            values.put("response", answer);
        }
        return Json.text(values);
    }

    static Completion.Result read(String text) {
        var values = Json.readMap(text);
        var error = values.get("error") instanceof Map<?, ?> it
                ? new StepError(String.valueOf(it.get("code")), String.valueOf(it.get("message")))
                : null;
        return new Completion.Result(map(values.get("output")), error, List.of(), response(values.get("response")));
    }

    private static @Nullable Response response(@Nullable Object value) {
        var answer = map(value);
        if (answer == null) {
            return null;
        }
        var headers = new HashMap<String, String>();
        if (answer.get("headers") instanceof Map<?, ?> given) {
            given.forEach((name, header) -> headers.put(String.valueOf(name), String.valueOf(header)));
        }
        int status = answer.get("status") instanceof Number number ? number.intValue() : 200;
        return new Response(status, headers, answer.get("body"));
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : null;
    }
}
