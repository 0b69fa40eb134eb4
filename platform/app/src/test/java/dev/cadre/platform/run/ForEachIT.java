package dev.cadre.platform.run;

import static dev.cadre.platform.TestRuns.get;
import static dev.cadre.platform.TestRuns.items;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Steps and groups that are repeated for each item of a list. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ForEachIT {

    @LocalServerPort
    int port;

    TestStub outside;
    TestUser user;
    TestRuns runs;

    @BeforeEach
    void start() {
        outside = TestStub.start();
        user = TestUser.register(port);
        runs = new TestRuns(user);
    }

    @AfterEach
    void stop() {
        outside.close();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void givesTheResultsOfForEachInTheOrderOfItsItems(boolean sequential, boolean durable) {
        outside.on("/item/", exchange -> {
            var n = exchange.getRequestURI().getPath().substring(6);
            Thread.sleep(40 - 10 * Integer.parseInt(n));
            TestStub.json(exchange, 200, n + "0");
        });
        var step = durable
                ? Bpmn.manual()
                        .each("work", "http-request", get(outside, "/item/{{ one.n }}"), "trigger.items", sequential)
                : Bpmn.manual()
                        .each(
                                "work",
                                "calculator",
                                "{\"expression\":\"{{ item.n }} * 10\"}",
                                "trigger.items",
                                sequential);

        var run = runs.finished(
                step.end("done", "\"{{ steps.work." + (durable ? "body" : "result") + " }}\"")
                        .flow("start", "work", "done"),
                Map.of("items", items(1, 2, 3)));

        assertThat(run.path("output").toString()).isEqualTo("[10,20,30]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsTheDataOfEachRoundOfAGroupApart(boolean sequential) {
        outside.on(
                "/twice/",
                exchange -> TestStub.json(
                        exchange, 200, exchange.getRequestURI().getPath().substring(7) + "0"));
        var body = Bpmn.inside()
                .plainStart("in")
                .step("call", "http-request", get(outside, "/twice/{{ one.n }}"))
                .step("add", "calculator", "{\"expression\":\"{{ steps.call.body }} + {{ index }}\"}")
                .end("out", "{\"sum\":\"{{ steps.add.result }}\"}")
                .flow("in", "call", "add", "out");

        var run = runs.finished(
                Bpmn.manual()
                        .groupEach("lines", "trigger.items", sequential, body)
                        .end("done", "\"{{ steps.lines.sum }}\"")
                        .flow("start", "lines", "done"),
                Map.of("items", items(1, 2, 3)));

        assertThat(run.path("output").toString()).isEqualTo("[10,21,32]");
    }

    @Test
    void anEmptyListIsDoneAtOnce() {
        var run = runs.finished(
                Bpmn.manual()
                        .each("work", "http-request", get(outside, "/never"), "trigger.items", false)
                        .end("done", "{\"results\":\"{{ steps.work }}\"}")
                        .flow("start", "work", "done"),
                Map.of("items", List.of()));

        assertThat(run.path("output").toString()).isEqualTo("{\"results\":[]}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void worksOnNoMoreItemsAtOnceThanTheFileSays(boolean group) {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        outside.on("/slow", exchange -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.sleep(60);
            now.decrementAndGet();
            TestStub.json(exchange, 200, "1");
        });
        var work = get(outside, "/slow");
        var file = group
                ? Bpmn.manual()
                        .groupEach(
                                "all",
                                "trigger.items",
                                "parallelism='2'",
                                Bpmn.inside()
                                        .plainStart("in")
                                        .step("call", "http-request", work)
                                        .end("out")
                                        .flow("in", "call", "out"))
                : Bpmn.manual().each("all", "http-request", work, "trigger.items", "parallelism='2'");

        var run = runs.finished(
                file.end("done", "{\"n\":\"{{ $count(steps.all) }}\"}").flow("start", "all", "done"),
                Map.of("items", items(1, 2, 3, 4, 5, 6, 7)));

        assertThat(run.path("output").path("n").asInt()).isEqualTo(7);
        assertThat(outside.asked("/slow")).isEqualTo(7);
        assertThat(most).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnWithTheOthersWhenAnItemMayFailAlone(boolean group) {
        outside.on("/item/", exchange -> {
            var n = exchange.getRequestURI().getPath().substring(6);
            TestStub.json(exchange, n.equals("2") ? 404 : 200, "{\"n\":" + n + "}");
        });
        var work = get(outside, "/item/{{ one.n }}");
        var options = "onItemError='continue'";
        var file = group
                ? Bpmn.manual()
                        .groupEach(
                                "all",
                                "trigger.items",
                                options,
                                Bpmn.inside()
                                        .plainStart("in")
                                        .step("call", "http-request", work)
                                        .end("out", "{\"n\":\"{{ steps.call.body.n }}\"}")
                                        .flow("in", "call", "out"))
                : Bpmn.manual().each("all", "http-request", work, "trigger.items", options);

        var run = runs.finished(
                file.end("done", "{\"all\":\"{{ steps.all }}\"}").flow("start", "all", "done"),
                Map.of("items", items(1, 2, 3)));

        assertThat(run.path("status").asString()).isEqualTo("succeeded");
        var all = run.path("output").path("all");
        assertThat(all.path(1).path("error").path("code").asString()).isEqualTo("HTTP_404");
        assertThat((group ? all.path(2) : all.path(2).path("body")).path("n").asInt())
                .isEqualTo(3);
    }
}
