package dev.cadre.platform;

import dev.cadre.platform.shared.Audited;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;

/** An audit log that can't be written, for one action in one organization, until it is closed. */
public final class FailingLog implements ApplicationListener<PayloadApplicationEvent<Audited>>, AutoCloseable {

    private final ApplicationEventMulticaster multicaster;
    private final String organization;
    private final String action;

    private FailingLog(ApplicationEventMulticaster multicaster, String organization, String action) {
        this.multicaster = multicaster;
        this.organization = organization;
        this.action = action;
    }

    public static FailingLog of(ApplicationEventMulticaster multicaster, TestUser owner, String action) {
        var failing = new FailingLog(multicaster, owner.organization(), action);
        multicaster.addApplicationListener(failing);
        return failing;
    }

    @Override
    public void onApplicationEvent(PayloadApplicationEvent<Audited> event) {
        var audited = event.getPayload();
        if (audited.action().equals(action)
                && String.valueOf(audited.organization()).equals(organization)) {
            throw new IllegalStateException("The log can't be written");
        }
    }

    @Override
    public void close() {
        multicaster.removeApplicationListener(this);
    }
}
