package dev.cadre.platform.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Builds plugin jars for tests, good ones and broken ones, with the compiler of the JDK. */
public final class PluginJarBuilder {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final List<String> extensions = new ArrayList<>();

    private PluginJarBuilder(String id) {
        properties.put("plugin.id", id);
        properties.put("plugin.version", "1.0.0");
        properties.put("plugin.requires", ">=0.1.0 & <0.2.0");
        properties.put("plugin.provider", "Tests");
    }

    public static PluginJarBuilder plugin(String id) {
        return new PluginJarBuilder(id);
    }

    /** A plugin with one tool that gives back its text; the id of the step type is the plugin's. */
    public static PluginJarBuilder working(String id) {
        return plugin(id).tool("Echo", id, "", "return new Text(input.text());");
    }

    public PluginJarBuilder property(String name, String value) {
        properties.put("plugin." + name, value);
        return this;
    }

    public PluginJarBuilder withoutDescriptor() {
        properties.clear();
        return this;
    }

    public PluginJarBuilder entry(String name, String content) {
        entries.put(name, content.getBytes(UTF_8));
        return this;
    }

    public PluginJarBuilder extension(String className) {
        extensions.add(className);
        return this;
    }

    /** Adds a class that is an extension. */
    public PluginJarBuilder source(String className, String source) {
        sources.put(className, source);
        return extension(className);
    }

    /** A tool {@code Text → Text}. */
    public PluginJarBuilder tool(String name, String stepType, String constructor, String execute) {
        return source("example." + name, """
                package example;
                import dev.cadre.spi.*;
                import dev.cadre.spi.tool.*;
                public class %1$s implements Tool<%1$s.Text, %1$s.Text> {
                    record Text(@jakarta.validation.constraints.NotBlank String text) {}
                    public %1$s() { %3$s }
                    public ToolDefinition<Text, Text> definition() {
                        return new ToolDefinition<>(new StepInfo("%2$s", "Title", "Description.", "Tools", "M0 0"),
                            Text.class, Text.class, ToolDefinition.Execution.INSTANT);
                    }
                    public Text execute(Text input, StepContext context) throws Exception { %4$s }
                }
                """.formatted(
                        name, stepType, constructor, execute.isEmpty() ? "return input;" : execute));
    }

    public Path writeTo(Path file) {
        try {
            return Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] bytes() {
        var all = new LinkedHashMap<String, byte[]>(compiled());
        if (!properties.isEmpty()) {
            var text = new StringBuilder();
            properties.forEach(
                    (name, value) -> text.append(name).append('=').append(value).append('\n'));
            all.put("plugin.properties", text.toString().getBytes(UTF_8));
        }
        if (!extensions.isEmpty()) {
            all.put("META-INF/extensions.idx", String.join("\n", extensions).getBytes(UTF_8));
        }
        all.putAll(entries);
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes)) {
            for (var entry : all.entrySet()) {
                jar.putNextEntry(new ZipEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Map<String, byte[]> compiled() {
        if (sources.isEmpty()) {
            return Map.of();
        }
        var classes = new LinkedHashMap<String, ByteArrayOutputStream>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var output = new StringWriter();
        var units = sources.entrySet().stream()
                .map(source -> (JavaFileObject) new Source(source.getKey(), source.getValue()))
                .toList();
        var files = new Memory(compiler.getStandardFileManager(null, null, UTF_8), classes);
        if (!compiler.getTask(output, files, null, List.of("-proc:none"), null, units)
                .call()) {
            throw new IllegalStateException(output.toString());
        }
        var compiled = new LinkedHashMap<String, byte[]>();
        classes.forEach((name, bytes) -> compiled.put(name.replace('.', '/') + ".class", bytes.toByteArray()));
        return compiled;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes;

        Memory(JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
            super(files);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
                @Override
                public ByteArrayOutputStream openOutputStream() {
                    var bytes = new ByteArrayOutputStream();
                    classes.put(className, bytes);
                    return bytes;
                }
            };
        }
    }
}
