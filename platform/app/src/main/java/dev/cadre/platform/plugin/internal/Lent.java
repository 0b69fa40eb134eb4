package dev.cadre.platform.plugin.internal;

import dev.cadre.platform.plugin.AtWork;
import dev.cadre.spi.StepException;
import org.jspecify.annotations.Nullable;

/**
 * Something of a plugin that can be taken back: who still holds a performer after the plugin is gone holds none of its
 * classes.
 */
final class Lent<T> {

    private final AtWork atWork;
    private volatile @Nullable T part;

    Lent(T part, AtWork atWork) {
        this.part = part;
        this.atWork = atWork;
    }

    interface Use<T, R> {
        R with(T part) throws Exception;
    }

    /** Calls the plugin. Its classes stay until the call returns. */
    <R> R use(Use<T, R> use) throws Exception {
        atWork.begin();
        try {
            var current = part;
            if (current == null) {
                throw new StepException.Retryable("PLUGIN_DISABLED", "The plugin of this step is disabled or removed.");
            }
            return use.with(current);
        } catch (LinkageError | StackOverflowError broken) {
            throw new StepException.Rejected("PLUGIN_FAULT", "The plugin failed: " + JarLoader.summary(broken), broken);
        } finally {
            atWork.end();
        }
    }

    /** The same for calls without checked exceptions. */
    <R> R useUnchecked(Use<T, R> use) {
        try {
            return use(use);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void takeBack() {
        part = null;
    }
}
