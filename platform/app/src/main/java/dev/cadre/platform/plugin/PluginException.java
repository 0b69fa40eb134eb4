package dev.cadre.platform.plugin;

import dev.cadre.platform.shared.CadreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a plugin can't be installed, enabled or removed. */
public class PluginException extends CadreException {

    private PluginException(Kind kind, String code, String detail, @Nullable Throwable cause) {
        super(kind, code, detail, List.of(), cause);
    }

    /** The jar breaks a rule. */
    public static PluginException invalid(String detail) {
        return new PluginException(Kind.INVALID, "plugin-invalid", detail, null);
    }

    /** The jar's code or its bytes fail. */
    public static PluginException broken(String detail, Throwable cause) {
        return new PluginException(Kind.INVALID, "plugin-invalid", detail, cause);
    }

    static PluginException notFound(String id) {
        return new PluginException(Kind.NOT_FOUND, "plugin-not-found", "There is no plugin " + id + ".", null);
    }

    static PluginException exists(String id, String version) {
        return new PluginException(
                Kind.CONFLICT,
                "plugin-exists",
                "The plugin " + id + " is already installed in version " + version + ". Delete that one first.",
                null);
    }

    static PluginException bundled(String id) {
        return new PluginException(
                Kind.CONFLICT,
                "plugin-bundled",
                "The plugin " + id + " belongs to the hub: it can be disabled, not deleted.",
                null);
    }

    /** The upload goes on after the limit. */
    public static PluginException tooLarge(long limit) {
        return new PluginException(
                Kind.TOO_LARGE, "plugin-too-large", "A plugin may have at most " + (limit >> 20) + " MB.", null);
    }

    static PluginException uploadOff() {
        return new PluginException(
                Kind.FORBIDDEN,
                "plugin-upload-off",
                "The operator of this installation has switched off the installation of plugins.",
                null);
    }
}
