package dev.cadre.platform.cluster.internal;

import dev.cadre.platform.cluster.Node;
import dev.cadre.platform.shared.Ids;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Names this node. */
@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {

    @Bean
    Node node() {
        return new Node(Ids.create());
    }
}
