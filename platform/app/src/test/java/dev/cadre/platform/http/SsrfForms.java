package dev.cadre.platform.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.provider.Arguments;

/** The list {@code egress/ssrf-forms.txt}, and the server that nobody may reach. */
public final class SsrfForms implements AutoCloseable {

    private static final Path FILE = Path.of("src/test/resources/egress/ssrf-forms.txt");

    private final ServerSocket server;
    private final AtomicInteger reached = new AtomicInteger();

    public SsrfForms() {
        try {
            server = new ServerSocket(0, 200, InetAddress.getByName("0.0.0.0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (var caller = server.accept()) {
                    reached.incrementAndGet();
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    /** An address as it stands in the list, and what name servers say of its host. */
    public record Form(String url, List<String> addresses) {
        @Override
        public String toString() {
            return url;
        }
    }

    public static List<Arguments> all() {
        try {
            return Files.readAllLines(FILE).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(SsrfForms::form)
                    .map(Arguments::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Form form(String line) {
        var parts = line.split(" => ");
        var url = parts[0].replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0");
        return new Form(url, parts.length == 1 ? List.of() : List.of(parts[1].split(", ")));
    }

    public String url(Form form) {
        return form.url().replace("{port}", Integer.toString(server.getLocalPort()));
    }

    public int reached() {
        return reached.get();
    }

    /** A guard that allows nothing, before name servers that answer this form's host with what the list says. */
    public static TestEgress egress(Form form) {
        var egress = new TestEgress();
        if (!form.addresses().isEmpty()) {
            var authority = form.url().replaceFirst("^[a-z]+:[/\\\\]+", "").replaceFirst("[/\\\\?#].*", "");
            for (var host : authority.replaceFirst(":\\{port}.*", "").split("@")) {
                egress.answer(host, form.addresses().toArray(String[]::new));
                egress.answer(
                        host.toLowerCase(java.util.Locale.ROOT),
                        form.addresses().toArray(String[]::new));
            }
            egress.answer("example.com", "93.184.215.14");
        }
        return egress;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
