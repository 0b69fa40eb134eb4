package dev.cadre.platform.plugin.web;

import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.plugin.InstalledPlugin;
import dev.cadre.platform.plugin.Plugins;
import dev.cadre.platform.shared.PageOf;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The plugins of the installation. */
@RestController
@RequestMapping("/api/v1/plugins")
class PluginController {

    private final Plugins plugins;

    PluginController(Plugins plugins) {
        this.plugins = plugins;
    }

    record PluginView(
            String id,
            String version,
            String title,
            String description,
            String provider,
            String license,
            String state,
            @Nullable String error,
            List<String> stepTypes,
            boolean bundled) {

        static PluginView of(InstalledPlugin plugin) {
            return new PluginView(
                    plugin.id(),
                    plugin.version(),
                    plugin.title(),
                    plugin.description(),
                    plugin.provider(),
                    plugin.license(),
                    plugin.state().name().toLowerCase(Locale.ROOT),
                    plugin.error(),
                    plugin.stepTypes(),
                    plugin.bundled());
        }
    }

    @GetMapping
    @Requires(Permission.PLUGIN_READ)
    PageOf<PluginView> list() {
        return new PageOf<>(plugins.all().stream().map(PluginView::of).toList(), null);
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Requires(Permission.PLUGIN_MANAGE)
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<PluginView> install(@RequestPart("jar") MultipartFile jar) throws IOException {
        try (var stream = jar.getInputStream()) {
            var installed = PluginView.of(plugins.install(stream));
            return ResponseEntity.created(URI.create("/api/v1/plugins/" + installed.id()))
                    .body(installed);
        }
    }

    @PostMapping("/{id}/enable")
    @Requires(Permission.PLUGIN_MANAGE)
    PluginView enable(@PathVariable String id) {
        return PluginView.of(plugins.enable(id));
    }

    @PostMapping("/{id}/disable")
    @Requires(Permission.PLUGIN_MANAGE)
    PluginView disable(@PathVariable String id) {
        return PluginView.of(plugins.disable(id));
    }

    @DeleteMapping("/{id}")
    @Requires(Permission.PLUGIN_MANAGE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> delete(@PathVariable String id) {
        plugins.delete(id);
        return ResponseEntity.noContent().build();
    }
}
