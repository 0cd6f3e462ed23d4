package org.cloudmdirsync.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a server does about a request: mostly answer it, sometimes misbehave on the wire. */
sealed interface HttpOutcome {

  /** An answer, its body sent in UTF-8. */
  record Reply(int status, Map<String, String> headers, String body) implements HttpOutcome {

    static Reply of(int status, String type, String body) {
      return new Reply(status, Map.of("Content-Type", type), body);
    }

    static Reply html(int status, String body) {
      return of(status, "text/html; charset=utf-8", body);
    }

    static Reply text(int status, String body) {
      return of(status, "text/plain; charset=utf-8", body);
    }

    static Reply json(int status, Object value) {
      return of(status, "application/json; charset=utf-8", Json.write(value));
    }

    static Reply redirect(String location) {
      return of(302, "text/plain", "").with("Location", location);
    }

    Reply with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Reply(status, more, body);
    }
  }

  /** The answer, one byte at a time. */
  record Dripped(Reply reply, int millisPerByte) implements HttpOutcome {}

  /** The head of the answer and half its body, then the connection ends. */
  record CutShort(Reply reply) implements HttpOutcome {}

  /** Nothing at all until the client gives up. */
  record Hanging() implements HttpOutcome {}

  /** A TCP reset. */
  record ResetConnection() implements HttpOutcome {}
}
