package org.cloudmdirsync.json;

import com.google.gson.FormattingStyle;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object as text.
 *
 * <p>Of Gson only the two ends of a stream are used, since its parser of trees makes sixty adapters
 * first: a daemon reads its first token at every start.
 */
public final class JsonText {
  private JsonText() {}

  /**
   * Reads an object's members in their order; of a repeated name the last counts. Empty for
   * anything else: what is not strictly JSON, cut short, goes on after the object or nests beyond
   * reason.
   *
   * @return strings, booleans, numbers (a Long if it is one; they print as they were written),
   *     lists and maps; what is null is left out
   */
  public static Optional<Map<String, Object>> read(String text) {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    try {
      if (reader.peek() != JsonToken.BEGIN_OBJECT) {
        return Optional.empty();
      }
      Map<String, Object> members = object(reader);
      return reader.peek() == JsonToken.END_DOCUMENT ? Optional.of(members) : Optional.empty();
    } catch (IOException malformed) {
      return Optional.empty();
    }
  }

  private static Map<String, Object> object(JsonReader reader) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      Object value = value(reader);
      if (value == null) {
        members.remove(name);
      } else {
        members.put(name, value);
      }
    }
    reader.endObject();
    return members;
  }

  private static List<Object> array(JsonReader reader) throws IOException {
    List<Object> items = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      Object value = value(reader);
      if (value != null) {
        items.add(value);
      }
    }
    reader.endArray();
    return items;
  }

  /** The reader bounds how deep this goes. */
  private static @Nullable Object value(JsonReader reader) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object(reader);
      case BEGIN_ARRAY -> array(reader);
      case STRING -> reader.nextString();
      case NUMBER -> Numeral.of(reader.nextString());
      case BOOLEAN -> reader.nextBoolean();
      case NULL -> {
        reader.nextNull();
        yield null;
      }
      case NAME, END_OBJECT, END_ARRAY, END_DOCUMENT ->
          throw new MalformedJsonException("no value where one must be");
    };
  }

  /** Writes maps with names, collections, booleans, numbers, and the rest as strings; one line. */
  public static String line(Map<String, ?> members) {
    return written(members, FormattingStyle.COMPACT);
  }

  /** The same, a member to a line, for people. */
  public static String lines(Map<String, ?> members) {
    return written(members, FormattingStyle.PRETTY);
  }

  private static String written(Map<String, ?> members, FormattingStyle style) {
    StringWriter text = new StringWriter();
    JsonWriter writer = new JsonWriter(text);
    writer.setFormattingStyle(style);
    try {
      write(members, writer);
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot be written to", e);
    }
    return text.toString();
  }

  private static void write(Object value, JsonWriter writer) throws IOException {
    switch (value) {
      case Map<?, ?> members -> {
        writer.beginObject();
        for (Map.Entry<?, ?> member : members.entrySet()) {
          writer.name(String.valueOf(member.getKey()));
          write(member.getValue(), writer);
        }
        writer.endObject();
      }
      case Collection<?> items -> {
        writer.beginArray();
        for (Object item : items) {
          write(item, writer);
        }
        writer.endArray();
      }
      case Boolean flag -> writer.value(flag);
      case Number number -> writer.value(number);
      case Object text -> writer.value(text.toString());
    }
  }
}
