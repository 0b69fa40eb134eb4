package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.shared.RunId;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Lets others change a run as {@link Moves} does: alone on this node, with a place at the database. */
@Component
public class RunMoves {

    private final Moves moves;

    RunMoves(Moves moves) {
        this.moves = moves;
    }

    public <T> T alone(RunId run, Supplier<T> work) {
        return moves.moving(run, work);
    }

    public <T> T inTransaction(Supplier<T> work) {
        return moves.inTransaction(work);
    }
}
