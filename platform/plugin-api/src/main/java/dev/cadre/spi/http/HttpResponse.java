package dev.cadre.spi.http;

import java.util.List;
import java.util.Map;

/**
 * One HTTP answer; header names are in lower case.
 *
 * @since 0.1
 */
public record HttpResponse(int status, Map<String, List<String>> headers, byte[] body) {}
