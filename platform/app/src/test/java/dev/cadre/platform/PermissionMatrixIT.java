package dev.cadre.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.organization.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every operation that exists × everybody: anonymous, each role, and the owner of another organization. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PermissionMatrixIT {

    private record Operation(String method, String pattern, boolean upload, HandlerMethod handler) {

        /** With ids that nothing has: a caller who may call it gets anything but 401 and 403. */
        String path() {
            return pattern.replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
        }

        Permission permission() {
            return handler.getMethodAnnotation(Requires.class).value();
        }

        @Override
        public String toString() {
            return method + " " + pattern;
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Test
    void everyOperationSaysWhatItRequires() {
        assertThat(operations()).isNotEmpty();
        assertThat(operations().stream()
                        .filter(operation -> operation.handler().getMethodAnnotation(Requires.class) == null))
                .as("operations under /api without @Requires")
                .isEmpty();
    }

    @Test
    void controllersOutsideTheApiAreKnownToBePublic() {
        assertThat(all().stream()
                        .filter(operation ->
                                operation.handler().getBeanType().getName().startsWith("dev.cadre."))
                        .map(Operation::pattern)
                        .filter(pattern -> !pattern.startsWith("/api/v1/")))
                .allMatch(
                        pattern -> pattern.matches("/(auth|hooks|hooks-test|hooks-resume)/.*|/oauth/callback|/error"));
    }

    @Test
    void nobodyGetsInWithoutAToken() {
        var nobody = TestUser.nobody(port);
        for (var operation : operations()) {
            assertThat(call(nobody, operation)).as(operation.toString()).isEqualTo(401);
        }
    }

    @Test
    void everyRoleMayDoExactlyWhatItsPermissionsSay() {
        var owner = TestUser.register(port);
        for (var role : List.of(Role.OWNER, Role.ADMIN, Role.MEMBER, Role.VIEWER)) {
            for (var operation : operations()) {
                // a fresh colleague each time would be slow; none of these calls names anything that exists
                var user = role == Role.OWNER ? owner : colleague(owner, role);
                int status = call(user, operation);
                if (Permission.of(role).contains(operation.permission())) {
                    assertThat(status)
                            .as(role + " " + operation)
                            .isNotIn(401, 403)
                            .isLessThan(500);
                } else {
                    assertThat(status).as(role + " " + operation).isEqualTo(403);
                }
            }
        }
    }

    private final java.util.Map<Role, TestUser> colleagues = new java.util.EnumMap<>(Role.class);

    private TestUser colleague(TestUser owner, Role role) {
        return colleagues.computeIfAbsent(role, missing -> owner.colleague(missing.text()));
    }

    private int call(TestUser user, Operation operation) {
        if (operation.upload()) {
            return user.send("POST", operation.path(), "--x--\r\n", "Content-Type", "multipart/form-data; boundary=x")
                    .status();
        }
        boolean body = !operation.method().equals("GET") && !operation.method().equals("DELETE");
        return user.send(operation.method(), operation.path(), body ? "{}" : null)
                .status();
    }

    private List<Operation> operations() {
        return all().stream()
                .filter(operation -> operation.pattern().startsWith("/api/"))
                .toList();
    }

    private List<Operation> all() {
        var found = new ArrayList<Operation>();
        mappings.getHandlerMethods().forEach((info, handler) -> {
            var methods = info.getMethodsCondition().getMethods();
            boolean upload =
                    info.getConsumesCondition().getConsumableMediaTypes().contains(MediaType.MULTIPART_FORM_DATA);
            for (var pattern : info.getPatternValues()) {
                if (methods.isEmpty()) {
                    found.add(new Operation("GET", pattern, upload, handler));
                }
                methods.forEach(method -> found.add(new Operation(method.name(), pattern, upload, handler)));
            }
        });
        return found;
    }
}
