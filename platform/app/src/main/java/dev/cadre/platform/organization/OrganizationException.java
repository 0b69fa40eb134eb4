package dev.cadre.platform.organization;

import dev.cadre.platform.shared.CadreException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Why something can't be done with an organization or its members. */
public final class OrganizationException extends CadreException {

    private OrganizationException(Kind kind, String code, String detail) {
        super(kind, code, detail);
    }

    private OrganizationException(String pointer, String message) {
        super(
                Kind.INVALID,
                "invalid-input",
                "The input is not valid: see violations.",
                List.of(new Violation(pointer, message)));
    }

    public static OrganizationException notFound() {
        return new OrganizationException(
                Kind.NOT_FOUND, "organization-not-found", "There is no such organization, or you don't belong to it.");
    }

    static OrganizationException memberNotFound() {
        return new OrganizationException(
                Kind.NOT_FOUND, "member-not-found", "This user does not belong to the organization.");
    }

    public static OrganizationException alreadyMember() {
        return new OrganizationException(
                Kind.CONFLICT,
                "already-member",
                "This user belongs to the organization already: change the role instead.");
    }

    static OrganizationException lastOwner() {
        return new OrganizationException(
                Kind.CONFLICT, "last-owner", "An organization needs an owner: make somebody else owner first.");
    }

    static OrganizationException tooManyOwned(int most) {
        return new OrganizationException(
                Kind.CONFLICT,
                "too-many-organizations",
                "You own " + most + " organizations already: delete one or give its ownership away first.");
    }

    static OrganizationException ownersOnly() {
        return new OrganizationException(
                Kind.FORBIDDEN, "owners-only", "Only an owner may make somebody owner or change an owner.");
    }

    public static OrganizationException beyondYours() {
        return new OrganizationException(
                Kind.FORBIDDEN,
                "role-beyond-yours",
                "This role allows more than you may do yourself: ask somebody who may do all of it.");
    }

    public static OrganizationException roleNotFound() {
        return new OrganizationException(
                Kind.NOT_FOUND, "role-not-found", "Your organization has no such role: it may have been deleted.");
    }

    static OrganizationException roleNameTaken() {
        return new OrganizationException(
                Kind.CONFLICT, "role-name-taken", "There is a role of this name already: choose another name.");
    }

    static OrganizationException roleInUse(int members) {
        return new OrganizationException(
                Kind.CONFLICT,
                "role-in-use",
                (members == 1 ? "One member has" : members + " members have")
                        + " this role: say with moveTo which role they get instead.");
    }

    static OrganizationException tooManyRoles(int most) {
        return new OrganizationException(
                Kind.CONFLICT,
                "too-many-roles",
                "An organization has at most " + most + " roles of its own: delete one first.");
    }

    public static OrganizationException projectNotFound() {
        return new OrganizationException(
                Kind.NOT_FOUND, "project-not-found", "There is no such project, or you are not a member of it.");
    }

    static OrganizationException noSuchProject() {
        return new OrganizationException(
                "/projectId",
                "Must be a project of your organization that you are a member of: see GET /api/v1/projects.");
    }

    static OrganizationException projectNameTaken() {
        return new OrganizationException(
                Kind.CONFLICT,
                "project-name-taken",
                "There is a project of this name already, though you may not see it: choose another name.");
    }

    static OrganizationException tooManyProjects(int most) {
        return new OrganizationException(
                Kind.CONFLICT,
                "too-many-projects",
                "An organization has at most " + most + " projects: delete one first.");
    }

    static OrganizationException projectNotEmpty(Map<String, Integer> contents) {
        var what = contents.entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey() + (kind.getValue() == 1 ? "" : "s"))
                .collect(Collectors.joining(" and "));
        return new OrganizationException(
                Kind.CONFLICT,
                "project-not-empty",
                "The project still has " + what + ": move or delete what belongs to it first.");
    }

    static OrganizationException notInProject() {
        return new OrganizationException(
                Kind.NOT_FOUND, "project-member-not-found", "This user is not a member of the project.");
    }

    static OrganizationException sameRole() {
        return new OrganizationException("/moveTo", "Must be another role than the one that goes.");
    }

    static OrganizationException programsAsOwners() {
        return new OrganizationException(
                "/moveTo", "Service accounts have this role, and only a person can be an owner: choose another role.");
    }

    static OrganizationException ownAlready() {
        return new OrganizationException("/userId", "Is you: name another member.");
    }

    /** Nothing of it can be used until an owner takes the deletion back. */
    public static OrganizationException closed() {
        return new OrganizationException(
                Kind.FORBIDDEN,
                "organization-closed",
                "This organization is about to be deleted: an owner can restore it until then.");
    }

    static OrganizationException name(String message) {
        return new OrganizationException("/name", message);
    }
}
