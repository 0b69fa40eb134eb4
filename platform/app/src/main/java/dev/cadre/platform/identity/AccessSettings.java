package dev.cadre.platform.identity;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the hub keeps to the rules of organizations.
 *
 * @param ipLists whether their lists of addresses count: an operator turns them off for a moment to let administrators back
 *     in who are kept out by their own
 */
@ConfigurationProperties("cadre")
public record AccessSettings(@DefaultValue("true") boolean ipLists) {}
