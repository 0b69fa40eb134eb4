package dev.cadre.platform;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTest {

    @Test
    void roomsUseOnlyWhatTheyMay() {
        ApplicationModules.of(CadreApplication.class).verify();
    }
}
