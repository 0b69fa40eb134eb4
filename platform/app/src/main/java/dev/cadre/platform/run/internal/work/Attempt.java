package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.database.Walls;
import dev.cadre.spi.StepException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Performs one attempt within its time: the step gets a thread of its own, which is interrupted when time is up and sees the
 * rows that its caller sees.
 */
final class Attempt {

    private Attempt() {}

    static <T> T within(Duration timeout, Callable<T> work) throws Exception {
        var result = new CompletableFuture<T>();
        var carried = Walls.carried(work);
        var thread = Thread.ofVirtual().name("step").start(() -> {
            try {
                result.complete(carried.call());
            } catch (Throwable failure) {
                // Whatever a plugin throws fails its step and nothing else.
                result.completeExceptionally(failure);
            }
        });
        try {
            return result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new StepException.Retryable(
                    "STEP_TIMEOUT", "The step did not finish within " + timeout.toString() + ".", null, e);
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case Exception failure -> failure;
                case StackOverflowError failure ->
                    new StepException.Rejected("STEP_FAULT", "The step's own calls are nested too deeply.", failure);
                case null, default ->
                    new StepException.Rejected("STEP_FAULT", "The step failed: " + e.getCause(), e.getCause());
            };
        }
    }
}
