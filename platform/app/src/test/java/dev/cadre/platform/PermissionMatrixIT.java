package dev.cadre.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cadre.platform.TestUser.Answer;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.organization.Role;
import dev.cadre.platform.secret.MasterKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every operation of the API × everybody, against what {@code permission-matrix.txt} says of it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PermissionMatrixIT {

    /** What the gate before an operation does; what the operation itself then says of a request does not matter here. */
    private enum Gate {
        OPEN,
        UNKNOWN_CALLER,
        NOT_ALLOWED
    }

    private record Row(String operation, String permission, String least, boolean personOnly) {

        static Row of(String line) {
            var parts = line.split("\\s+");
            boolean open = parts[2].equals("public");
            return new Row(
                    parts[0] + " " + parts[1],
                    parts[2],
                    open ? "" : parts[3],
                    parts[parts.length - 1].equals("person"));
        }

        boolean isPublic() {
            return permission.equals("public");
        }
    }

    /** Somebody, what they ask for, and what shall happen when it is what a row names. */
    private record Column(
            String name, TestUser user, Function<ApiOperation, String> path, Function<Row, Gate> expected) {

        Column(String name, TestUser user, Function<Row, Gate> expected) {
            this(name, user, PermissionMatrixIT::random, expected);
        }
    }

    private static final List<String> SOME =
            List.of("organization:read", "run:read", "run:retry", "project:all", "audit:read");

    @LocalServerPort
    int port;

    @Autowired
    MasterKey masterKey;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    private List<ApiOperation> operations;
    private Map<String, Row> rows;

    @BeforeEach
    void read() throws IOException {
        operations = ApiOperation.all(port).stream()
                // last, since it ends what the column works with
                .sorted(Comparator.comparing(it -> it.path().equals("/auth/logout")))
                .toList();
        rows = new ClassPathResource("permission-matrix.txt")
                .getContentAsString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Row::of)
                .collect(Collectors.toMap(Row::operation, row -> row));
    }

    @Test
    void everyOperationHasARowAndEveryRowAnOperation() {
        assertThat(operations).hasSizeGreaterThan(90);
        assertThat(operations.stream().map(ApiOperation::toString))
                .as("operations of the API and rows of permission-matrix.txt")
                .containsExactlyInAnyOrderElementsOf(rows.keySet());
    }

    @Test
    void nothingOfTheApiIsMissingFromItsDescription() {
        var described = operations.stream().map(ApiOperation::toString).collect(Collectors.toSet());
        var handlers = handlers();
        assertThat(handlers).hasSizeGreaterThan(90);
        handlers.forEach((operation, handler) -> {
            if (operation.contains(" /api/")) {
                assertThat(described).contains(operation);
                assertThat(handler.getMethodAnnotation(Requires.class))
                        .as("@Requires of %s", operation)
                        .isNotNull();
            } else {
                assertThat(operation)
                        .as("what needs no permission")
                        .matches("[A-Z]+ (/(auth|hooks|hooks-test|hooks-resume)/.*|/oauth/callback|/error)");
            }
        });
    }

    @Test
    void everybodyGetsExactlyAsFarAsTheTableSays() throws Exception {
        var strange = new ArrayList<String>();
        int asked = 0;
        for (var column : columns()) {
            for (var operation : operations) {
                var row = rows.get(operation.toString());
                var answer = operation.call(column.user(), column.path().apply(operation));
                note(strange, column.name(), operation, column.expected().apply(row), answer);
                asked++;
            }
        }
        assertThat(strange).isEmpty();
        assertThat(asked).isEqualTo(12 * rows.size());
    }

    /** A role that gives nothing but what the table names opens an operation, and one that gives all the rest does not. */
    @Test
    void everyOperationTurnsOnItsOwnPermissionAlone() {
        var owner = TestUser.register(port);
        var made = owner.post("/api/v1/roles", Map.of("name", "Changing", "permissions", List.of()))
                .json();
        var path = "/api/v1/roles/" + made.path("id").asString();
        var member = owner.colleague(made.path("id").asString());
        var all = List.of(Permission.values());
        var strange = new ArrayList<String>();
        var seen = new TreeSet<String>();
        for (var permission : all) {
            var alone = Stream.concat(Stream.of(permission), permission.companion().stream());
            change(owner, path, alone.map(Permission::text).toList());
            ask(member, permission.text(), Gate.OPEN, strange, seen);
            if (permission != Permission.ORGANIZATION_READ) {
                var others = all.stream()
                        .filter(it -> it != permission && !it.companion().equals(Optional.of(permission)));
                change(owner, path, others.map(Permission::text).toList());
                ask(member, permission.text(), Gate.NOT_ALLOWED, strange, seen);
            }
        }
        assertThat(strange).isEmpty();
        assertThat(seen).hasSize((int)
                rows.values().stream().filter(row -> !row.isPublic()).count());
    }

    private void ask(TestUser user, String permission, Gate expected, List<String> strange, Set<String> seen) {
        for (var operation : operations) {
            if (rows.get(operation.toString()).permission().equals(permission)) {
                note(
                        strange,
                        permission + " alone or missing",
                        operation,
                        expected,
                        operation.call(user, random(operation)));
                seen.add(operation.toString());
            }
        }
    }

    private static void change(TestUser owner, String path, List<String> permissions) {
        var tag = owner.get(path).header("ETag");
        var changed = owner.put(path, Map.of("name", "Changing", "permissions", permissions), "If-Match", tag);
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    }

    private List<Column> columns() throws Exception {
        var owner = TestUser.register(port);
        var some = owner.post("/api/v1/roles", Map.of("name", "Some", "permissions", SOME))
                .json();
        var removed = owner.colleague("admin");
        assertThat(owner.delete("/api/v1/organizations/members/" + removed.id()).status())
                .isEqualTo(204);
        var all = Arrays.stream(Permission.values()).map(Permission::text).toList();
        var columns = new ArrayList<Column>();
        columns.add(new Column("nobody", TestUser.nobody(port), PermissionMatrixIT::unknown));
        for (var role : List.of(Role.VIEWER, Role.MEMBER, Role.ADMIN)) {
            columns.add(new Column(role.text(), owner.colleague(role.text()), row -> byRole(role, row)));
        }
        columns.add(new Column("custom role", owner.colleague(some.path("id").asString()), row -> among(SOME, row)));
        columns.add(new Column("too narrow a key", key(owner, SOME), row -> byKey(SOME, row)));
        columns.add(new Column("key to everything", key(owner, all), row -> byKey(all, row)));
        columns.add(new Column("removed member", removed, PermissionMatrixIT::unknown));
        columns.add(new Column("expired token", expired(owner), PermissionMatrixIT::unknown));
        columns.add(new Column("forged token", owner.withToken(owner.token() + "x"), PermissionMatrixIT::unknown));
        // what comes of it then: OtherOrganizationsIT
        var others = new Belongings(port);
        columns.add(new Column(
                "another organization's owner",
                TestUser.register(port),
                operation -> others.anyIn(operation).orElseGet(() -> random(operation)),
                row -> byRole(Role.OWNER, row)));
        columns.add(new Column("owner", owner, row -> byRole(Role.OWNER, row)));
        return columns;
    }

    private static Gate unknown(Row row) {
        return row.isPublic() ? Gate.OPEN : Gate.UNKNOWN_CALLER;
    }

    private static Gate byRole(Role role, Row row) {
        return row.isPublic() || role.compareTo(Role.of(row.least())) <= 0 ? Gate.OPEN : Gate.NOT_ALLOWED;
    }

    private static Gate among(List<String> permissions, Row row) {
        return row.isPublic() || permissions.contains(row.permission()) ? Gate.OPEN : Gate.NOT_ALLOWED;
    }

    private static Gate byKey(List<String> scopes, Row row) {
        return row.personOnly() ? Gate.NOT_ALLOWED : among(scopes, row);
    }

    private static TestUser key(TestUser owner, List<String> scopes) {
        var made = owner.post("/api/v1/api-keys", Map.of("name", "Key", "scopes", scopes));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return owner.withToken(made.json().path("key").asString());
    }

    /** As the hub itself has issued it, but for its end. */
    private TestUser expired(TestUser user) throws ParseException, JOSEException {
        var issued = SignedJWT.parse(user.token());
        var claims = new JWTClaimsSet.Builder(issued.getJWTClaimsSet())
                .expirationTime(Date.from(Instant.now().minusSeconds(1)))
                .build();
        var token = new SignedJWT(issued.getHeader(), claims);
        token.sign(new MACSigner(masterKey.derive("access-token", 32)));
        return user.withToken(token.serialize());
    }

    /** With ids that nothing has: who may call it gets anything but a refusal of the gate. */
    private static String random(ApiOperation operation) {
        return operation.path().replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
    }

    private static void note(List<String> strange, String who, ApiOperation operation, Gate expected, Answer answer) {
        var code = answer.status() < 400 ? "" : answer.json().path("code").asString("");
        boolean fits = switch (expected) {
            case OPEN ->
                answer.status() < 500
                        && answer.status() != 403
                        && answer.status() != 429
                        && !code.equals("unauthenticated");
            case UNKNOWN_CALLER -> answer.status() == 401 && code.equals("unauthenticated");
            case NOT_ALLOWED ->
                answer.status() == 403
                        && Set.of("forbidden", "scope-missing", "person-only").contains(code);
        };
        if (!fits) {
            strange.add("%s: %s should be %s and was %d %s"
                    .formatted(who, operation, expected.name().toLowerCase(Locale.ROOT), answer.status(), code));
        }
    }

    /** Of our own controllers, by method and path. */
    private Map<String, HandlerMethod> handlers() {
        var found = new TreeMap<String, HandlerMethod>();
        mappings.getHandlerMethods().forEach((info, handler) -> {
            if (handler.getBeanType().getName().startsWith("dev.cadre.")) {
                var methods = info.getMethodsCondition().getMethods().stream()
                        .map(Enum::name)
                        .toList();
                for (var pattern : info.getPatternValues()) {
                    (methods.isEmpty() ? List.of("GET") : methods)
                            .forEach(method -> found.put(method + " " + pattern, handler));
                }
            }
        });
        return found;
    }
}
