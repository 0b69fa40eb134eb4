package dev.cadre.platform.mail.internal;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProcessedData;
import java.util.List;
import org.springframework.stereotype.Component;

/** Messages to people, and the server that gets them. */
@Component
class MailProcessing implements ProcessedData {

    private final MailSettings settings;

    MailProcessing(MailSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Category> categories(OrganizationId organization) {
        return List.of(new Category(
                "Messages: address, subject, text",
                "Members and people who are invited",
                "Confirming addresses, setting new passwords, inviting people",
                "7 days, 30 where they could not be sent; the text goes once it is sent",
                "Database of the hub, the text encrypted"));
    }

    @Override
    public List<Recipient> recipients(OrganizationId organization) {
        return settings
                .server()
                .map(server -> new Recipient(
                        "mail-server", "Mail server", server.host(), "Addresses and texts of messages to people"))
                .stream()
                .toList();
    }
}
