package org.cloudmdirsync.credential;

import java.util.List;

/**
 * One request on the credential socket: {@code PROTO[,OPTIONS] SP USER}.
 *
 * @param protocol such as {@code SMTP}; case-sensitive
 * @param options what stood after the comma; {@code v=1} asks for typed refusals
 * @param user an address, case-sensitive
 */
public record CredentialRequest(String protocol, List<String> options, String user) {}
