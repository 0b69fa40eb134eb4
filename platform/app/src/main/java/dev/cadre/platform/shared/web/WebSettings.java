package dev.cadre.platform.shared.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the HTTP interface.
 *
 * @param maxBody the largest body of a call; webhooks and uploads have limits of their own
 * @param headPatience how long a client may take to send the head of a request
 * @param bodyPatience how long the hub waits for a body altogether, beside the time that {@code bodyRate} gives it
 * @param bodyRate bytes of a body that each further second of waiting must bring
 * @param tlsLook how often the files of the certificate are looked into
 */
@ConfigurationProperties("cadre.web")
record WebSettings(
        @DefaultValue("2MB") DataSize maxBody,
        @DefaultValue("20s") Duration headPatience,
        @DefaultValue("20s") Duration bodyPatience,
        @DefaultValue("8KB") DataSize bodyRate,
        @DefaultValue("10s") Duration tlsLook) {}
