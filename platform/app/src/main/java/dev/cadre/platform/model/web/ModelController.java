package dev.cadre.platform.model.web;

import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.model.ModelGateway;
import dev.cadre.platform.model.ModelInfo;
import dev.cadre.platform.shared.PageOf;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/models")
class ModelController {

    private final ModelGateway gateway;

    ModelController(ModelGateway gateway) {
        this.gateway = gateway;
    }

    @GetMapping
    @Requires(Permission.WORKFLOW_READ)
    PageOf<ModelInfo> list() {
        return new PageOf<>(gateway.models(), null);
    }
}
