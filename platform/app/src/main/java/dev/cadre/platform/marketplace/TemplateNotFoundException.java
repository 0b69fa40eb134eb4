package dev.cadre.platform.marketplace;

import dev.cadre.platform.shared.CadreException;

/** No template has this id. */
public final class TemplateNotFoundException extends CadreException {

    public TemplateNotFoundException() {
        super(Kind.NOT_FOUND, "template-not-found", "There is no such template.");
    }
}
