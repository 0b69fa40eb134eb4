package dev.cadre.platform.identity.sso;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.CookieStore;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;

/** A browser without a screen: follows redirects, keeps cookies, fills forms in, and submits those that do so by script. */
final class FormBrowser {

    private static final int MOST_STEPS = 30;

    private final HttpClient http;
    private final CookieManager cookies = new CookieManager(new TrustedHosts(), CookiePolicy.ACCEPT_ALL);
    private final int hub;

    /** The redirects that were followed. */
    final List<URI> visited = new ArrayList<>();

    /** Where the hub sent the browser at last, when it had come back. */
    URI arrived;

    /** As browsers do, it takes this machine's own addresses for safe and sends them what is for TLS only. */
    private static final class TrustedHosts implements CookieStore {

        private final CookieStore all = new CookieManager().getCookieStore();

        @Override
        public void add(URI uri, HttpCookie cookie) {
            cookie.setSecure(false);
            all.add(uri, cookie);
        }

        @Override
        public List<HttpCookie> get(URI uri) {
            return all.get(uri);
        }

        @Override
        public List<HttpCookie> getCookies() {
            return all.getCookies();
        }

        @Override
        public List<URI> getURIs() {
            return all.getURIs();
        }

        @Override
        public boolean remove(URI uri, HttpCookie cookie) {
            return all.remove(uri, cookie);
        }

        @Override
        public boolean removeAll() {
            return all.removeAll();
        }
    }

    FormBrowser(int hub) {
        this.hub = hub;
        this.http = HttpClient.newBuilder().cookieHandler(cookies).build();
    }

    /** Goes there, until a page is to be filled in, or the hub has taken the browser back. To the hub it goes from its own pages. */
    Document open(String address) {
        arrived = null;
        var next = here(URI.create(address));
        var request = HttpRequest.newBuilder(next);
        if (isHub(next)) {
            request.header("Sec-Fetch-Site", "same-origin");
        }
        return follow(request.build());
    }

    Document open(String path, boolean atHub) {
        return open(atHub ? "http://localhost:" + hub + path : path);
    }

    /** Fills the page's form in and submits it. */
    Document submit(Document page, Map<String, String> values) {
        var form = page.selectFirst("form");
        if (!(form instanceof FormElement fields)) {
            throw new IllegalStateException("No form: " + page.location() + " " + page.text());
        }
        values.forEach((name, value) -> {
            var field = form.selectFirst("[name=" + name + "]");
            if (field == null) {
                throw new IllegalStateException("No field " + name + ": " + page.text());
            }
            field.val(value);
        });
        return send(fields);
    }

    private Document send(FormElement form) {
        var body = form.formData().stream()
                .map(field -> encoded(field.key()) + "=" + encoded(field.value()))
                .collect(Collectors.joining("&"));
        return follow(HttpRequest.newBuilder(here(URI.create(form.absUrl("action"))))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<String> postToHub(String path) {
        return exchange(HttpRequest.newBuilder(URI.create("http://localhost:" + hub + path))
                .POST(BodyPublishers.noBody())
                .build());
    }

    private Document follow(HttpRequest first) {
        var request = first;
        for (int step = 0; step < MOST_STEPS; step++) {
            var answer = exchange(request);
            visited.add(request.uri());
            if (answer.statusCode() / 100 == 3) {
                var next = request.uri()
                        .resolve(answer.headers().firstValue("Location").orElseThrow());
                if (isHub(next) && !next.getPath().startsWith("/auth/")) {
                    arrived = next;
                    return Jsoup.parse("");
                }
                request = HttpRequest.newBuilder(here(next)).build();
                continue;
            }
            var page = Jsoup.parse(answer.body(), request.uri().toString());
            var form = page.selectFirst("form:has([name=SAMLRequest]), form:has([name=SAMLResponse])");
            if (form instanceof FormElement fields) {
                return send(fields);
            }
            return page;
        }
        throw new IllegalStateException("Too many redirects: " + visited);
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The hub does not know its port when it reads its settings: its public address says 0. */
    private URI here(URI address) {
        return isHub(address) && address.getPort() != hub
                ? URI.create(address.toString().replace("localhost:0", "localhost:" + hub))
                : address;
    }

    private static boolean isHub(URI address) {
        return "localhost".equals(address.getHost());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
