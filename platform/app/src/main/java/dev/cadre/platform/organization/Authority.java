package dev.cadre.platform.organization;

/** How far somebody's own rights reach: nobody gives, changes or takes a role that allows more than they may do themselves. */
@FunctionalInterface
public interface Authority {

    boolean covers(AssignedRole role);

    /** Throws (403) unless the role is within reach. */
    default void require(AssignedRole role) {
        if (!covers(role)) {
            throw role.role() == Role.OWNER ? OrganizationException.ownersOnly() : OrganizationException.beyondYours();
        }
    }
}
