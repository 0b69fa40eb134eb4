package dev.cadre.platform;

import dev.cadre.platform.TestUser.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What a running hub says that it can be asked, by its description of the API. */
public record ApiOperation(String method, String path, boolean upload, List<String> inPath, List<String> inQuery) {

    public static List<ApiOperation> all(int port) {
        var operations = new ArrayList<ApiOperation>();
        TestUser.nobody(port)
                .get("/v3/api-docs")
                .json()
                .path("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, it) -> operations.add(new ApiOperation(
                        method.toUpperCase(Locale.ROOT),
                        path,
                        it.at("/requestBody/content").has("multipart/form-data"),
                        parameters(it, "path"),
                        parameters(it, "query")))));
        return operations;
    }

    private static List<String> parameters(JsonNode operation, String in) {
        return StreamSupport.stream(operation.path("parameters").spliterator(), false)
                .filter(parameter -> parameter.path("in").asString().equals(in))
                .map(parameter -> parameter.path("name").asString())
                .toList();
    }

    /** Asks for it; {@code filled} is the path with values for its variables. */
    public Answer call(TestUser user, String filled, Object body, String... headers) {
        if (upload) {
            return user.send(method, filled, "--x--\r\n", "Content-Type", "multipart/form-data; boundary=x");
        }
        return user.send(method, filled, reads() ? null : body, headers);
    }

    /** Asks for it with a body that says nothing. */
    public Answer call(TestUser user, String filled) {
        return call(user, filled, Map.of());
    }

    private boolean reads() {
        return method.equals("GET") || method.equals("DELETE");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
