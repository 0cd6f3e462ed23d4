package org.cloudmdirsync.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Microsoft's numbered errors, from {@code aadsts.csv}. */
final class Aadsts {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
  private static final String TRACE = "3f9c1b7a-0000-4000-8000-5151515151aa";
  private static final Map<Integer, Row> ROWS = read();

  private record Row(int number, String error, int status, String suberror, String text) {

    static Row parse(String line) {
      String[] cells = line.split(";", 5);
      return new Row(
          Integer.parseInt(cells[0]), cells[1], Integer.parseInt(cells[2]), cells[3], cells[4]);
    }
  }

  private Aadsts() {}

  static List<Integer> numbers() {
    return ROWS.keySet().stream().sorted().toList();
  }

  /** IllegalArgumentException for a number that is not in the list. */
  static Refusal refusal(int number, Instant now) {
    Row row = ROWS.get(number);
    if (row == null) {
      throw new IllegalArgumentException("no error AADSTS" + number + " in aadsts.csv");
    }
    String timestamp = TIMESTAMP.format(now);
    Map<String, Object> members = new LinkedHashMap<>();
    // Several lines, against RFC 6749, as the original does.
    members.put(
        "error_description",
        "AADSTS%d: %s\r\nTrace ID: %s\r\nCorrelation ID: %s\r\nTimestamp: %s"
            .formatted(number, row.text(), TRACE, TRACE, timestamp));
    members.put("error_codes", List.of(number));
    members.put("timestamp", timestamp);
    members.put("trace_id", TRACE);
    members.put("correlation_id", TRACE);
    members.put("error_uri", "https://login.microsoftonline.com/error?code=" + number);
    if (!row.suberror().isEmpty()) {
      members.put("suberror", row.suberror());
    }
    if (row.error().equals("interaction_required")) {
      members.put("claims", "{\"access_token\":{\"capolids\":{\"essential\":true}}}");
    }
    return new Refusal(row.status(), row.error(), members);
  }

  private static Map<Integer, Row> read() {
    try (InputStream in = Aadsts.class.getResourceAsStream("aadsts.csv")) {
      if (in == null) {
        throw new IllegalStateException("aadsts.csv is missing beside the classes");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Row::parse)
          .collect(Collectors.toMap(Row::number, Function.identity()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
