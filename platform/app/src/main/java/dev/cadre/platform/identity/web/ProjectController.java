package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.organization.Project;
import dev.cadre.platform.organization.Projects;
import dev.cadre.platform.shared.PageOf;
import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.shared.UserId;
import dev.cadre.platform.shared.web.IfMatch;
import dev.cadre.platform.shared.web.PageQuery;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The projects of the caller's organization: those that the caller is a member of, or all. */
@Tag(name = "projects")
@RestController
@RequestMapping("/api/v1/projects")
class ProjectController {

    record NewProject(
            @NotNull @Size(max = 60) String name,

            @Nullable @Size(max = 500) @Pattern(regexp = "[^\\x00]*", message = "must be plain text")
            String description) {}

    /** What is left out stays as it is. */
    record ProjectChange(
            @Nullable @Size(max = 60) String name,

            @Nullable @Size(max = 500) @Pattern(regexp = "[^\\x00]*", message = "must be plain text")
            String description) {}

    /**
     * A project.
     *
     * @param members how many are in it
     * @param workflows how many belong to it
     * @param connections how many belong to it
     */
    record ProjectDetails(
            ProjectId id,
            String name,
            String description,
            int members,
            int workflows,
            int connections,
            Instant createdAt) {}

    record ProjectMember(
            UserId id, @Nullable String name, @Nullable String email) {}

    private final Projects projects;
    private final Users users;

    ProjectController(Projects projects, Users users) {
        this.projects = projects;
        this.users = users;
    }

    @Requires(Permission.ORGANIZATION_READ)
    @GetMapping
    PageOf<ProjectDetails> list(Caller caller) {
        var contents = projects.contents(caller.organization());
        return new PageOf<>(
                projects.list(caller.organization()).stream()
                        .map(project -> details(project, contents.getOrDefault(project.id(), Map.of())))
                        .toList(),
                null);
    }

    /** Who makes a project is in it, unless they see all projects anyway. */
    @Requires(Permission.PROJECT_MANAGE)
    @PostMapping
    ResponseEntity<ProjectDetails> create(Caller caller, @Valid @RequestBody NewProject body) {
        var first = caller.may(Permission.PROJECT_ALL) ? null : caller.user();
        var description = Objects.requireNonNullElse(body.description(), "");
        var created = projects.create(caller.organization(), body.name(), description, first);
        return answer(caller, created, ResponseEntity.created(URI.create("/api/v1/projects/" + created.id())));
    }

    @Requires(Permission.ORGANIZATION_READ)
    @GetMapping("/{id}")
    ResponseEntity<ProjectDetails> get(Caller caller, @PathVariable ProjectId id) {
        return answer(caller, projects.get(caller.organization(), id), ResponseEntity.ok());
    }

    @Requires(Permission.PROJECT_MANAGE)
    @PatchMapping("/{id}")
    ResponseEntity<ProjectDetails> change(
            Caller caller, @PathVariable ProjectId id, IfMatch ifMatch, @Valid @RequestBody ProjectChange body) {
        var current = projects.get(caller.organization(), id);
        ifMatch.check(current.revision());
        var name = Objects.requireNonNullElse(body.name(), current.name());
        var description = Objects.requireNonNullElse(body.description(), current.description());
        var changed = projects.change(caller.organization(), id, name, description, current.revision())
                .orElseThrow(IfMatch::stale);
        return answer(caller, changed, ResponseEntity.ok());
    }

    /** Refused (409) while something belongs to it. */
    @Requires(Permission.PROJECT_MANAGE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable ProjectId id) {
        projects.delete(caller.organization(), id);
    }

    @Requires(Permission.ORGANIZATION_READ)
    @GetMapping("/{id}/members")
    PageOf<ProjectMember> members(Caller caller, @PathVariable ProjectId id, PageQuery page) {
        Optional<UserId> after = page.isFirst()
                ? Optional.empty()
                : Optional.of(new UserId(UUID.fromString(page.after().getFirst())));
        var found = page.page(
                projects.members(caller.organization(), id, after, page.rows()), user -> List.of(user.toString()));
        var people = users.find(found.items());
        return new PageOf<>(
                found.items().stream()
                        .map(member -> member(member, people.get(member)))
                        .toList(),
                found.nextCursor());
    }

    private static ProjectMember member(UserId id, @Nullable User user) {
        return new ProjectMember(id, user == null ? null : user.name(), user == null ? null : user.email());
    }

    @Requires(Permission.PROJECT_MANAGE)
    @PutMapping("/{id}/members/{userId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void add(Caller caller, @PathVariable ProjectId id, @PathVariable UserId userId) {
        projects.add(caller.organization(), id, userId);
    }

    @Requires(Permission.PROJECT_MANAGE)
    @DeleteMapping("/{id}/members/{userId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, @PathVariable ProjectId id, @PathVariable UserId userId) {
        projects.remove(caller.organization(), id, userId);
    }

    private ResponseEntity<ProjectDetails> answer(Caller caller, Project project, ResponseEntity.BodyBuilder response) {
        var contents = projects.contents(caller.organization()).getOrDefault(project.id(), Map.of());
        return response.eTag(IfMatch.tag(project.revision())).body(details(project, contents));
    }

    private static ProjectDetails details(Project project, Map<String, Integer> contents) {
        return new ProjectDetails(
                project.id(),
                project.name(),
                project.description(),
                project.members(),
                contents.getOrDefault("workflow", 0),
                contents.getOrDefault("connection", 0),
                project.createdAt());
    }
}
