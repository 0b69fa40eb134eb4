package dev.cadre.platform.shared.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the HTTP interface.
 *
 * @param maxBody the largest body of a call under {@code /api} and {@code /auth}
 */
@ConfigurationProperties("cadre.web")
record WebSettings(@DefaultValue("2MB") DataSize maxBody) {}
