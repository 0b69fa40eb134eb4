package dev.cadre.platform;

import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the hub, or does what the operator commands and ends. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class CadreApplication {

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals(AuditCommand.NAME)) {
            System.exit(AuditCommand.run(List.of(arguments), System.out, Map.of()));
        }
        if (arguments.length > 0 && arguments[0].equals(AccountCommand.NAME)) {
            System.exit(AccountCommand.run(List.of(arguments), System.out, Map.of()));
        }
        SpringApplication.run(CadreApplication.class, arguments);
    }
}
