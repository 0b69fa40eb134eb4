package dev.cadre.platform.identity.internal;

import dev.cadre.platform.shared.PersonalData;
import dev.cadre.platform.shared.PersonalData.Kind;
import dev.cadre.platform.shared.PersonalData.Person;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes what is kept of a person, row by row as it is read: however much it is, it needs no memory. */
@Component
class PersonArchive {

    private final List<Kind> kinds;
    private final JsonMapper json;
    private final Clock clock;

    PersonArchive(List<PersonalData> rooms, JsonMapper json, Clock clock) {
        this.kinds = rooms.stream()
                .flatMap(room -> room.kinds().stream())
                .sorted(Comparator.comparing(Kind::name))
                .toList();
        this.json = json;
        this.clock = clock;
    }

    /** To a file that only this process may read, so that nobody's slow line holds a connection to the database. */
    Path write(Person person, ArchiveFormat format) throws IOException {
        var file = Files.createTempFile("my-data", null);
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
            switch (format) {
                case JSON -> document(person, out);
                case ZIP -> zip(person, out);
            }
            return file;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private void zip(Person person, OutputStream out) throws IOException {
        try (var zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            zip.putNextEntry(new ZipEntry("README.txt"));
            text(zip, readme(person));
            for (var kind : kinds) {
                zip.putNextEntry(new ZipEntry(kind.name() + ".json"));
                rows(person, kind, zip);
                text(zip, "\n");
            }
        }
    }

    private void document(Person person, OutputStream out) throws IOException {
        var before = "{";
        for (var kind : kinds) {
            text(out, before + "\"" + kind.name() + "\":");
            rows(person, kind, out);
            before = ",\n";
        }
        text(out, "}");
    }

    private void rows(Person person, Kind kind, OutputStream out) throws IOException {
        try (var rows = kind.rows().apply(person)) {
            Iterator<Map<String, @Nullable Object>> each = rows.iterator();
            var before = "[";
            while (each.hasNext()) {
                text(out, before);
                out.write(json.writeValueAsBytes(each.next()));
                before = ",\n";
            }
            text(out, before.equals("[") ? "[]" : "]");
        }
    }

    private String readme(Person person) {
        var text = new StringBuilder("What this hub keeps of " + person.name() + " <" + person.email() + ">, as of "
                + clock.instant() + ", in all organizations.\n\nEach file is a list in JSON; times are in UTC.\n\n");
        for (var kind : kinds) {
            text.append(kind.name()).append(".json\n    ").append(kind.about()).append('\n');
        }
        return text.append(
                        "\nWhat workflows wrote about you into the data of their runs is not in here: ask the organizations that run"
                                + " them.\n")
                .toString();
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
