package dev.cadre.platform.identity.internal;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProcessedData;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Accounts, sign-ins and keys. */
@Component
@Order(1)
class AccountProcessing implements ProcessedData {

    private static final String MEMBERS = "Members";
    private static final String DATABASE = "Database of the hub";

    @Override
    public List<Category> categories(OrganizationId organization) {
        return List.of(
                new Category(
                        "Name, e-mail address, password, second factor",
                        MEMBERS,
                        "Signing in",
                        "Until the account is erased",
                        DATABASE + ", the password as an Argon2id hash, the second factor encrypted"),
                new Category(
                        "Sign-ins: address, browser, times",
                        MEMBERS,
                        "Showing people their sign-ins, so that they can end them",
                        Sessions.LIFETIME.toDays() + " days after the last use",
                        DATABASE),
                new Category(
                        "Known browsers",
                        MEMBERS,
                        "Letting people in while somebody else guesses their password",
                        "A year",
                        DATABASE + ", as a hash"),
                new Category(
                        "Invitations: address",
                        "People who are invited",
                        "Asking people in",
                        "Until they are accepted or withdrawn, at most " + InvitationRows.KEPT.toDays()
                                + " days after they expire",
                        DATABASE),
                new Category(
                        "API keys: name, last use and from where",
                        MEMBERS,
                        "Access of programs in a member's name",
                        "Until they are ended or expire; whose they were until the account is erased",
                        DATABASE + ", the key itself as a hash"));
    }

    @Override
    public List<String> measures(OrganizationId organization) {
        return List.of("People get all that is kept of them, and can erase their account, by themselves.");
    }
}
