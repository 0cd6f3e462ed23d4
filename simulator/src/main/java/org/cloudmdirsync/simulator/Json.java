package org.cloudmdirsync.simulator;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.util.Map;

/** JSON both ways. */
final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .setStrictness(Strictness.STRICT)
          .disableHtmlEscaping()
          .setObjectToNumberStrategy(Json::number)
          .create();

  private static final TypeToken<Map<String, Object>> OBJECT = new TypeToken<>() {};

  private Json() {}

  static String write(Object value) {
    return GSON.toJson(value);
  }

  /** An object's members; IllegalArgumentException when the text is no JSON object. */
  static Map<String, Object> readObject(String text) {
    try {
      Map<String, Object> members = GSON.fromJson(text, OBJECT);
      if (members != null) { // the empty text, or null
        return members;
      }
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("not a JSON object", e);
    }
    throw new IllegalArgumentException("not a JSON object");
  }

  /** An Integer where it is one. */
  private static Number number(JsonReader reader) throws IOException {
    Number number = ToNumberPolicy.LONG_OR_DOUBLE.readNumber(reader);
    if (number instanceof Long whole && whole == whole.intValue()) {
      return whole.intValue();
    }
    return number;
  }
}
