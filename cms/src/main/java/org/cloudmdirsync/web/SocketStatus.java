package org.cloudmdirsync.web;

import java.util.List;
import java.util.Optional;

/**
 * A credential socket, for people.
 *
 * @param path where mail programs ask
 * @param protocols what for, such as {@code SMTP}
 * @param users for whom
 * @param lastAsked who asked last, for whom and when, in a sentence; empty while nobody has
 */
public record SocketStatus(
    String path, List<String> protocols, List<String> users, Optional<String> lastAsked) {}
