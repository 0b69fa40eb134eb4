package dev.cadre.platform;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A language model as OpenAI serves it, over real HTTP, that says what a test wants: turn by turn. */
public final class TestModel implements AutoCloseable {

    /** What an agent names to reach it. */
    public static final String NAME = "openai/gpt-4.1";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestStub server = TestStub.start();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<Runnable> onceAsked = new AtomicReference<>(() -> {});
    private volatile List<String> answers = List.of();
    private volatile int said;

    public TestModel() {
        server.on("/v1/chat/completions", exchange -> {
            int turn = asked.getAndIncrement();
            onceAsked.getAndSet(() -> {}).run();
            TestStub.json(exchange, 200, answers.get(Math.min(turn, answers.size() - 1)));
        });
    }

    /** Settings with which a hub finds it. */
    public String[] properties() {
        return new String[] {"cadre.model.openai.api-key=test", "cadre.model.openai.base-url=" + server.url("/v1")};
    }

    /** Settings with which a hub in a process of its own finds it. */
    public Map<String, String> environment() {
        return Map.of("OPENAI_API_KEY", "test", "OPENAI_BASE_URL", server.url("/v1"));
    }

    /** From now on these are its answers, one for each turn and then the last again. */
    public void says(String... turns) {
        asked.set(0);
        said = server.asked().size();
        answers = List.of(turns);
    }

    /** To be done once, before the next answer. */
    public void onceAsked(Runnable what) {
        onceAsked.set(what);
    }

    /** How often it was asked since then. */
    public int asked() {
        return asked.get();
    }

    /** An answer in words. */
    public static String text(String text) {
        return answer("\"content\":" + JSON.writeValueAsString(text), "stop");
    }

    /** An answer that asks for one call of the {@code http-request} tool for each of the inputs. */
    public static String calls(String... inputs) {
        var calls = new StringBuilder();
        for (int i = 0; i < inputs.length; i++) {
            calls.append(i == 0 ? "" : ",")
                    .append(
                            "{\"id\":\"call_%d\",\"type\":\"function\",\"function\":{\"name\":\"http-request\",\"arguments\":%s}}"
                                    .formatted(i, JSON.writeValueAsString(inputs[i])));
        }
        return answer("\"content\":null,\"tool_calls\":[" + calls + "]", "tool_calls");
    }

    /** An answer that asks for tools: their names and arguments in turn. */
    public static String wants(String... namesAndArguments) {
        var calls = new StringBuilder();
        for (int i = 0; i < namesAndArguments.length; i += 2) {
            calls.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"call_%d\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":%s}}"
                            .formatted(i / 2, namesAndArguments[i], JSON.writeValueAsString(namesAndArguments[i + 1])));
        }
        return answer("\"content\":null,\"tool_calls\":[" + calls + "]", "tool_calls");
    }

    /** What it was asked in a turn, counted from 0. */
    public JsonNode heard(int turn) {
        return JSON.readTree(server.asked().get(said + turn).body());
    }

    private static String answer(String message, String reason) {
        return """
                {"id":"chatcmpl-1","object":"chat.completion","created":1763942400,"model":"gpt-4.1","choices":[
                  {"index":0,"message":{"role":"assistant","refusal":null,%s},"logprobs":null,"finish_reason":"%s"}],
                 "usage":{"prompt_tokens":100,"completion_tokens":10,"total_tokens":110}}""".formatted(message, reason);
    }

    @Override
    public void close() {
        server.close();
    }
}
