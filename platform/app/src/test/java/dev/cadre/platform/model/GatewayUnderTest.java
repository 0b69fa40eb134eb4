package dev.cadre.platform.model;

import dev.cadre.spi.agent.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** The real gateway with its providers and the guarded client, without the rest of the hub. */
final class GatewayUnderTest {

    static final String KEY = "sk-test-0123456789";

    @Configuration(proxyBeanMethods = false)
    @ComponentScan({"dev.cadre.platform.model", "dev.cadre.platform.http"})
    @ConfigurationPropertiesScan({"dev.cadre.platform.model", "dev.cadre.platform.http"})
    static class Rooms {}

    private GatewayUnderTest() {}

    static void withContext(List<String> settings, Consumer<ApplicationContext> use) {
        new ApplicationContextRunner()
                .withUserConfiguration(Rooms.class)
                .withPropertyValues(settings.toArray(String[]::new))
                .run(use::accept);
    }

    @FunctionalInterface
    interface Use {
        void gateway(ModelGateway gateway);
    }

    static void with(List<String> settings, Use use) {
        withContext(settings, context -> use.gateway(context.getBean(ModelGateway.class)));
    }

    static final ToolSchema WEATHER = new ToolSchema(
            "weather/now@1.2",
            "Tells the weather",
            Map.of(
                    "type",
                    "object",
                    "additionalProperties",
                    false,
                    "properties",
                    Map.of(
                            "city",
                            Map.of("type", "string", "description", "A city"),
                            "days",
                            Map.of("type", List.of("integer", "null"))),
                    "required",
                    List.of("city")));

    static ModelRequest request(String model, Duration timeout, List<Message> messages, List<ToolSchema> tools) {
        return new ModelRequest(List.of(model), messages, tools, 0.5, 500, timeout, "run-1:turn-2");
    }

    static ModelRequest hello(String model) {
        return request(model, Duration.ofSeconds(20), List.of(new Message.User("Hello")), List.of());
    }

    /** A conversation in which the model has called a tool and the tool has answered. */
    static ModelRequest afterTool(String model) {
        return request(
                model,
                Duration.ofSeconds(20),
                List.of(
                        new Message.System("Be brief."),
                        new Message.User("Weather in Rome and Oslo?"),
                        new Message.Assistant(
                                "Let me look.",
                                List.of(
                                        new Message.ToolCall("call_1", WEATHER.name(), Map.of("city", "Rome")),
                                        new Message.ToolCall("call_2", WEATHER.name(), Map.of("city", "Oslo")))),
                        new Message.ToolResult("call_1", WEATHER.name(), "{\"sky\":\"clear\"}", false),
                        new Message.ToolResult("call_2", WEATHER.name(), "no such city", true)),
                List.of(WEATHER));
    }
}
