package dev.cadre.platform.connector;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.cadre.platform.TestUser;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/** Stands in for Google: its token endpoint and a mailbox with one mail, {@code m1}. */
final class StubbedMailbox {

    private static final String MESSAGES = "/gmail/v1/users/me/messages";
    private static final Pattern STATE = Pattern.compile("[?&]state=([^&]+)");

    private final WireMockExtension google;

    StubbedMailbox(WireMockExtension google) {
        this.google = google;
        var text = Base64.getUrlEncoder().encodeToString("Grüße".getBytes(StandardCharsets.UTF_8));
        google.stubFor(post("/token")
                .willReturn(
                        okJson("{\"access_token\":\"access-1\",\"refresh_token\":\"refresh-1\",\"expires_in\":3600}")));
        google.stubFor(post(MESSAGES + "/send").willReturn(okJson("{\"id\":\"m2\",\"threadId\":\"t1\"}")));
        google.stubFor(get(urlPathEqualTo(MESSAGES))
                .willReturn(okJson("{\"messages\":[{\"id\":\"m1\",\"threadId\":\"t1\"}]}")));
        google.stubFor(get(urlPathEqualTo(MESSAGES + "/m1"))
                .withQueryParam("format", equalTo("metadata"))
                .willReturn(okJson("""
                        {"id":"m1","threadId":"t1","payload":{"headers":[
                          {"name":"From","value":"Ann <ann@example.com>"},{"name":"Subject","value":"Order 7"},
                          {"name":"Message-ID","value":"<c@x>"}]}}""")));
        google.stubFor(get(urlPathEqualTo(MESSAGES + "/m1"))
                .withQueryParam("format", equalTo("full"))
                .willReturn(okJson("""
                        {"id":"m1","threadId":"t1","snippet":"Grüße","labelIds":["INBOX"],"payload":{
                          "mimeType":"text/plain","headers":[{"name":"From","value":"ann@example.com"},
                            {"name":"Content-Type","value":"text/plain; charset=utf-8"}],"body":{"data":"%s"}}}""".formatted(text))));
    }

    /** Id of the user's connection to it, with the consent given. */
    String connect(TestUser user, int port) {
        var created = user.post(
                "/api/v1/connections",
                Map.of(
                        "name",
                        "Mailbox",
                        "type",
                        "gmail",
                        "values",
                        Map.of(
                                "clientId",
                                "client-1",
                                "clientSecret",
                                "client-s3cret",
                                "apiAddress",
                                google.baseUrl(),
                                "consentAddress",
                                google.baseUrl() + "/consent",
                                "tokenAddress",
                                google.baseUrl() + "/token")));
        var id = created.json().path("id").asString();
        var begun = user.post("/api/v1/connections/" + id + "/authorize", Map.of());
        var state = STATE.matcher(begun.json().path("authorizationUrl").asString());
        if (!state.find()) {
            throw new IllegalStateException("No authorization: " + created.body());
        }
        TestUser.nobody(port)
                .get(
                        "/oauth/callback?state=" + state.group(1) + "&code=code-1",
                        "Cookie",
                        begun.header("Set-Cookie").split(";", 2)[0]);
        return id;
    }
}
