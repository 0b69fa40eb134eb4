package dev.cadre.platform.connector.internal;

import dev.cadre.platform.secret.Secrets;
import dev.cadre.platform.shared.ConnectionId;
import dev.cadre.platform.shared.OrganizationId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Encrypts and decrypts what belongs to one connection. */
@Component
class Vault {

    private static final TypeReference<LinkedHashMap<String, String>> TEXTS = new TypeReference<>() {};

    private final Secrets secrets;
    private final JsonMapper json;

    Vault(Secrets secrets, JsonMapper json) {
        this.secrets = secrets;
        this.json = json;
    }

    byte[] seal(OrganizationId organization, ConnectionId connection, String what, Map<String, String> values) {
        return secrets.encrypt(organization, purpose(connection, what), json.writeValueAsBytes(values));
    }

    Map<String, String> open(OrganizationId organization, ConnectionId connection, String what, byte[] sealed) {
        return json.readValue(secrets.decrypt(organization, purpose(connection, what), sealed), TEXTS);
    }

    private static String purpose(ConnectionId connection, String what) {
        return "connection/" + connection + "/" + what;
    }
}
