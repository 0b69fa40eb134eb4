package dev.cadre.platform.plugin.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cadre.platform.plugin.PluginException;
import dev.cadre.platform.plugin.PluginSettings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultVersionManager;

/** Reads a jar with suspicion: nothing of it is run, everything about it is checked. */
public final class JarInspection {

    /** The version of the SPI that this hub offers. */
    public static final String SPI_VERSION = "0.1.0";

    private static final int MOST_ENTRIES = 20_000;
    private static final long LARGEST_CONTENT = 400L << 20;
    private static final int LARGEST_TEXT = 64 << 10;
    private static final int MOST_EXTENSIONS = 200;
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern CLASS = Pattern.compile("[\\p{javaJavaIdentifierPart}.]{1,300}");

    private JarInspection() {}

    /** Throws {@link PluginException} that says which rule the jar breaks. */
    public static PluginJar inspect(Path path) {
        try {
            if (Files.size(path) > PluginSettings.LARGEST_JAR) {
                throw PluginException.invalid("The jar is too large.");
            }
            try (var zip = new ZipFile(path.toFile())) {
                checkEntries(zip);
                return read(path, zip);
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            throw PluginException.broken("The file is not a jar that can be read.", unreadable);
        }
    }

    private static void checkEntries(ZipFile zip) {
        if (zip.size() > MOST_ENTRIES) {
            throw PluginException.invalid("The jar has more than " + MOST_ENTRIES + " entries.");
        }
        var names = new HashSet<String>();
        long content = 0;
        for (var entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            var name = entry.getName();
            if (leavesItsFolder(name)) {
                throw PluginException.invalid("The jar has an entry that points outside of it: " + printable(name));
            }
            if (!names.add(name)) {
                throw PluginException.invalid("The jar has an entry twice: " + printable(name));
            }
            if (name.startsWith("dev/cadre/spi/") || name.startsWith("dev/cadre/platform/")) {
                throw PluginException.invalid("The jar packs classes of the hub (" + printable(name)
                        + "): give plugin-api the scope provided.");
            }
            content += Math.max(0, entry.getSize());
            if (content > LARGEST_CONTENT) {
                throw PluginException.invalid("The jar's content is too large.");
            }
        }
    }

    private static boolean leavesItsFolder(String name) {
        return name.startsWith("/")
                || name.contains("\\")
                || name.contains("\0")
                || name.contains(":")
                || List.of(name.split("/", -1)).contains("..");
    }

    private static String printable(String name) {
        var safe = name.replaceAll("[^\\x20-\\x7e]", "?");
        return safe.length() <= 100 ? safe : safe.substring(0, 100);
    }

    private static PluginJar read(Path path, ZipFile zip) throws IOException {
        var text = text(zip, "plugin.properties");
        if (text == null) {
            throw PluginException.invalid("The jar has no plugin.properties, so it is not a plugin.");
        }
        var properties = new Properties();
        properties.load(new StringReader(text));
        var id = required(properties, "plugin.id", 64);
        if (!ID.matcher(id).matches()) {
            throw PluginException.invalid(
                    "plugin.id must be lower-case words with dashes, not \"" + printable(id) + "\".");
        }
        var version = required(properties, "plugin.version", 50);
        var requires = required(properties, "plugin.requires", 100);
        checkVersions(id, version, requires);
        return new PluginJar(
                path,
                id,
                version,
                requires,
                limited(properties.getProperty("plugin.title", id), 100),
                limited(properties.getProperty("plugin.description", ""), 500),
                limited(properties.getProperty("plugin.provider", ""), 100),
                limited(properties.getProperty("plugin.license", ""), 100),
                extensions(zip));
    }

    private static void checkVersions(String id, String version, String requires) {
        var versions = new DefaultVersionManager();
        boolean fits;
        try {
            if (versions.compareVersions(version, version) != 0) {
                throw new IllegalStateException(version);
            }
            fits = versions.checkVersionConstraint(SPI_VERSION, requires);
        } catch (RuntimeException unreadable) {
            throw PluginException.broken(
                    "plugin.version must be as 1.0.0 and plugin.requires a range as >=0.1.0 & <0.2.0.", unreadable);
        }
        if (!fits) {
            throw PluginException.invalid("The plugin " + id + " needs the SPI in version " + printable(requires)
                    + "; this hub has " + SPI_VERSION + ".");
        }
    }

    private static List<String> extensions(ZipFile zip) throws IOException {
        var index = text(zip, "META-INF/extensions.idx");
        var names = index == null
                ? List.<String>of()
                : index.lines()
                        .map(line -> line.replaceAll("#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .distinct()
                        .toList();
        if (names.isEmpty()) {
            throw PluginException.invalid(
                    "The jar declares no extension (META-INF/extensions.idx): is pf4j's annotation processor on?");
        }
        if (names.size() > MOST_EXTENSIONS
                || !names.stream().allMatch(name -> CLASS.matcher(name).matches())) {
            throw PluginException.invalid("The jar's META-INF/extensions.idx is not a list of classes.");
        }
        return names;
    }

    private static @Nullable String text(ZipFile zip, String name) throws IOException {
        var entry = zip.getEntry(name);
        if (entry == null) {
            return null;
        }
        try (var stream = zip.getInputStream(entry)) {
            var bytes = stream.readNBytes(LARGEST_TEXT + 1);
            if (bytes.length > LARGEST_TEXT) {
                throw PluginException.invalid(name + " is too large.");
            }
            return new String(bytes, UTF_8);
        }
    }

    private static String required(Properties properties, String name, int longest) {
        var value = properties.getProperty(name, "").strip();
        if (value.isEmpty() || value.length() > longest) {
            throw PluginException.invalid(
                    "plugin.properties needs a " + name + " of at most " + longest + " characters.");
        }
        return value;
    }

    private static String limited(String text, int longest) {
        return text.length() <= longest
                ? text.strip()
                : text.substring(0, longest).strip();
    }
}
