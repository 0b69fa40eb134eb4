package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.CustomRoleRef;
import dev.cadre.platform.identity.Email;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.mail.Mail;
import dev.cadre.platform.organization.AssignedRole;
import dev.cadre.platform.organization.Authority;
import dev.cadre.platform.organization.Members;
import dev.cadre.platform.organization.Membership;
import dev.cadre.platform.organization.OrganizationException;
import dev.cadre.platform.organization.Organizations;
import dev.cadre.platform.organization.Role;
import dev.cadre.platform.shared.Actor;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.CadreException.Violation;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Invites people by mail. The link works once and for a week, and only for the account of the address that it was sent to:
 * whoever follows it reads that address's mail, which proves the address too.
 */
@Service
public class Invitations {

    static final Duration LIFETIME = Duration.ofDays(7);

    /** What the reader of a link is told before deciding. */
    public record Offer(
            String organization,
            String invitedBy,
            String email,
            Role role,
            @Nullable CustomRoleRef customRole,
            Instant expiresAt,
            boolean hasAccount) {}

    private final InvitationRows rows;
    private final TransactionOperations transactions;
    private final Organizations organizations;
    private final Members members;
    private final Grants grants;
    private final Users users;
    private final Accounts accounts;
    private final SignInThrottle throttle;
    private final Mail mail;
    private final MailLinks links;
    private final ApplicationEventPublisher events;

    Invitations(
            InvitationRows rows,
            TransactionOperations transactions,
            Organizations organizations,
            Members members,
            Grants grants,
            Users users,
            Accounts accounts,
            SignInThrottle throttle,
            Mail mail,
            MailLinks links,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.transactions = transactions;
        this.organizations = organizations;
        this.members = members;
        this.grants = grants;
        this.users = users;
        this.accounts = accounts;
        this.throttle = throttle;
        this.mail = mail;
        this.links = links;
        this.events = events;
    }

    /** The account that is added at once: on a hub without a mail server, where an invitation would reach nobody (ADR 48). */
    public Optional<User> addedAtOnce(String given) {
        return mail.leaves() ? Optional.empty() : users.find(address(given));
    }

    /** Never tells whether the address has an account. */
    public Invitation invite(OrganizationId organization, String given, AssignedRole role, UserId by) {
        requireProvenOwner(organization);
        var email = address(given);
        if (users.find(email)
                .flatMap(user -> members.find(organization, user.id()))
                .isPresent()) {
            throw OrganizationException.alreadyMember();
        }
        throttle.invite(organization, by, email);
        return transactions.execute(status -> {
            var token = Tokens.create();
            var held = members.hold(organization, role);
            var invitation = rows.add(organization, email, held, by, token, LIFETIME)
                    .orElseThrow(IdentityException::alreadyInvited);
            audit(invitation, "invitation.sent");
            send(invitation, by, token);
            return invitation;
        });
    }

    /** Strangers are not written to in the name of an organization that nobody answers for. */
    private void requireProvenOwner(OrganizationId organization) {
        if (mail.leaves() && members.owners(organization).stream().noneMatch(accounts::isVerified)) {
            throw IdentityException.ownerUnproven();
        }
    }

    public List<Invitation> list(OrganizationId organization, Optional<UUID> after, int limit) {
        return rows.list(organization, after, limit);
    }

    /** Another link for another week, in the place of the one before. */
    public Invitation resend(OrganizationId organization, UUID id, UserId by, Authority authority) {
        var before = rows.find(organization, id).orElseThrow(IdentityException::invitationNotFound);
        authority.require(before.role());
        requireProvenOwner(organization);
        throttle.invite(organization, by, before.email());
        return transactions.execute(status -> {
            var token = Tokens.create();
            var renewed =
                    rows.renew(organization, id, token, LIFETIME).orElseThrow(IdentityException::invitationNotFound);
            send(renewed, by, token);
            audit(renewed, "invitation.sent-again");
            return renewed;
        });
    }

    @Transactional
    public void revoke(OrganizationId organization, UUID id) {
        audit(rows.delete(organization, id).orElseThrow(IdentityException::invitationNotFound), "invitation.withdrawn");
    }

    public Offer look(String token) {
        var invitation = rows.living(token).filter(this::stillCounts).orElseThrow(IdentityException::invitationInvalid);
        return new Offer(
                organizations.find(invitation.organization()).name(),
                name(invitation.invitedBy()),
                invitation.email(),
                invitation.role().role(),
                CustomRoleRef.of(invitation.role()),
                invitation.expiresAt(),
                users.find(invitation.email()).isPresent());
    }

    /** Makes somebody with an account a member; who is one already stays what they are. */
    @Transactional
    public Membership accept(String token, UserId id) {
        var user = Optional.ofNullable(users.find(List.of(id)).get(id)).orElseThrow(IdentityException::sessionEnded);
        rows.living(token).ifPresent(it -> members.lock(it.organization()));
        var invitation = rows.take(token).orElseThrow(IdentityException::invitationInvalid);
        if (!invitation.email().equals(user.email())) {
            throw IdentityException.invitationForAnother(invitation.email(), user.email());
        }
        var organization = invitation.organization();
        if (organizations.find(organization).deletesAt() != null) {
            throw OrganizationException.closed();
        }
        if (!stillCounts(invitation)) {
            throw IdentityException.invitationInvalid();
        }
        accounts.verified(id);
        audit(invitation, "invitation.accepted", Actor.current().as(id));
        return members.find(organization, id)
                .orElseGet(() -> members.add(organization, id, invitation.role(), role -> true));
    }

    /** Nobody lets in by a link whom they could not let in now: who is removed must not come back by one sent before. */
    private boolean stillCounts(Invitation invitation) {
        var organization = invitation.organization();
        return members.find(organization, invitation.invitedBy())
                .map(inviter -> grants.of(inviter.assigned(), organization))
                .filter(granted -> granted.contains(Permission.MEMBER_MANAGE)
                        && granted.containsAll(grants.of(invitation.role(), organization)))
                .isPresent();
    }

    private void audit(Invitation invitation, String action) {
        audit(invitation, action, Actor.current());
    }

    private void audit(Invitation invitation, String action, Actor actor) {
        events.publishEvent(Audited.of(
                        invitation.organization(),
                        action,
                        Subject.of("invitation", invitation.id(), hint(invitation.email())),
                        Map.of("role", invitation.role().text()))
                .by(actor));
    }

    /** Tells invitations apart, and not for good who was invited: a log keeps what it says after that person is erased. */
    private static String hint(String email) {
        return email.substring(0, email.offsetByCodePoints(0, 1)) + "…" + email.substring(email.lastIndexOf('@'));
    }

    private void send(Invitation invitation, UserId by, String token) {
        var organization = organizations.find(invitation.organization()).name();
        mail.send(
                invitation.email(),
                "You are invited to " + organization,
                name(by) + " invites you to the organization \"" + organization
                        + "\" at Cadre. This link works once, for 7 days:\n\n"
                        + links.to("/invitation", token)
                        + "\n\nIf you do not know of this, ignore the message: nothing happens without you.\n");
    }

    private String name(UserId id) {
        return Optional.ofNullable(users.find(List.of(id)).get(id))
                .map(User::name)
                .orElse("Somebody");
    }

    private static String address(String given) {
        var email = Email.normalize(given);
        if (!Email.isValid(email)) {
            throw IdentityException.invalid(List.of(new Violation("/email", "Must be an e-mail address.")));
        }
        return email;
    }
}
