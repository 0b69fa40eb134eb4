package dev.cadre.platform.run.internal.engine;

import org.flowable.common.engine.api.delegate.event.FlowableEvent;
import org.flowable.common.engine.api.delegate.event.FlowableEventDispatcher;
import org.flowable.common.engine.api.delegate.event.FlowableEventListener;
import org.flowable.common.engine.api.delegate.event.FlowableEventType;

/** Tells nobody of the engine's events: a dispatcher that is merely disabled still looks for listeners at every move. */
final class SilentDispatcher implements FlowableEventDispatcher {

    @Override
    public void addEventListener(FlowableEventListener listener) {
        throw new UnsupportedOperationException("The engine's events are off: listen to what the journal says");
    }

    @Override
    public void addEventListener(FlowableEventListener listener, FlowableEventType... types) {
        addEventListener(listener);
    }

    @Override
    public void removeEventListener(FlowableEventListener listener) {
        // There is none.
    }

    @Override
    public void dispatchEvent(FlowableEvent event, String engine) {
        // Nobody listens.
    }

    @Override
    public void setEnabled(boolean enabled) {
        // The engine sets what it was configured with.
    }

    @Override
    public boolean isEnabled() {
        return false;
    }
}
