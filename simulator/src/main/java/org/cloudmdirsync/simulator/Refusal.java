package org.cloudmdirsync.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An OAuth error on its way out (RFC 6749 section 5.2).
 *
 * <p>Thrown, against the habit of the house, since a request is judged by a dozen guards in a row.
 */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  final int status;
  final transient Map<String, Object> members;

  Refusal(int status, String error, Map<String, Object> members) {
    super(error);
    this.status = status;
    this.members = new LinkedHashMap<>();
    this.members.put("error", error);
    this.members.putAll(members);
  }

  Refusal(String error, String description) {
    this(
        error.equals("invalid_client") ? 401 : 400,
        error,
        Map.of("error_description", description));
  }

  String error() {
    return String.valueOf(members.get("error"));
  }

  String description() {
    return String.valueOf(members.getOrDefault("error_description", ""));
  }

  HttpOutcome.Reply reply() {
    HttpOutcome.Reply reply =
        HttpOutcome.Reply.json(status, members).with("Cache-Control", "no-store");
    return status == 401 ? reply.with("WWW-Authenticate", "Basic realm=\"simulator\"") : reply;
  }
}
