package io.jkube.apiserver.negotiate.protobuf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Messages that JSON has as one value. */
enum Special implements Coding {
  /** {@code string = 1}. */
  QUANTITY {
    @Override
    void writeFields(WireWriter out, JsonNode value) {
      out.tag(1, WireReader.BYTES);
      out.text(value.asText());
    }

    @Override
    JsonNode value(List<Object> fields) {
      return TextNode.valueOf(fields.get(1) instanceof byte[] text ? utf8(text) : "0");
    }
  },

  /** {@code seconds = 1, nanos = 2}; an empty one is no time. */
  TIME {
    @Override
    void writeFields(WireWriter out, JsonNode value) {
      writeInstant(out, Timestamps.parse(value.asText()).getEpochSecond(), 0);
    }

    @Override
    JsonNode value(List<Object> fields) {
      var instant = instant(fields);
      return instant == null
          ? NullNode.getInstance()
          : TextNode.valueOf(Timestamps.seconds(instant));
    }
  },

  /** Likewise, to the microsecond. */
  MICRO_TIME {
    @Override
    void writeFields(WireWriter out, JsonNode value) {
      var instant = Timestamps.parse(value.asText());
      writeInstant(out, instant.getEpochSecond(), instant.getNano() / 1000 * 1000);
    }

    @Override
    JsonNode value(List<Object> fields) {
      var instant = instant(fields);
      return instant == null
          ? NullNode.getInstance()
          : TextNode.valueOf(Timestamps.micros(instant));
    }
  },

  /** {@code type = 1} (0 for a number), {@code intVal = 2, strVal = 3}. */
  INT_OR_STRING {
    @Override
    void writeFields(WireWriter out, JsonNode value) {
      out.tag(1, WireReader.VARINT);
      out.varint(value.isTextual() ? 1 : 0);
      out.tag(2, WireReader.VARINT);
      out.varint(value.isTextual() ? 0 : value.asInt());
      out.tag(3, WireReader.BYTES);
      out.text(value.isTextual() ? value.asText() : "");
    }

    @Override
    JsonNode value(List<Object> fields) {
      if (number(fields, 1) == 0) {
        return IntNode.valueOf((int) number(fields, 2));
      }
      return TextNode.valueOf(fields.get(3) instanceof byte[] text ? utf8(text) : "");
    }

    @Override
    public boolean isZero(JsonNode value) {
      return value.isTextual() ? value.asText().isEmpty() : value.asInt() == 0;
    }
  },

  /** {@code raw = 1}: any JSON, as its text. */
  RAW {
    @Override
    void writeFields(WireWriter out, JsonNode value) {
      out.tag(1, WireReader.BYTES);
      out.bytes(Json.bytes(value));
    }

    @Override
    JsonNode value(List<Object> fields) {
      return fields.get(1) instanceof byte[] text && text.length > 0
          ? json(text)
          : NullNode.getInstance();
    }
  };

  private static final int MAX_NUMBER = 3;

  @Override
  public int wireType() {
    return WireReader.BYTES;
  }

  @Override
  public void write(WireWriter out, JsonNode value) {
    int mark = out.open();
    writeFields(out, value);
    out.close(mark);
  }

  @Override
  public JsonNode read(WireReader in) {
    var message = in.message();
    var fields = new ArrayList<Object>(java.util.Collections.nCopies(MAX_NUMBER + 1, null));
    while (!message.atEnd()) {
      int tag = message.tag();
      int number = tag >>> 3;
      if (number > MAX_NUMBER) {
        message.skip(tag & 7);
      } else if ((tag & 7) == WireReader.VARINT) {
        fields.set(number, message.varint());
      } else if ((tag & 7) == WireReader.BYTES) {
        fields.set(number, message.bytes());
      } else {
        throw WireReader.malformed("wrong wireType = " + (tag & 7) + " for field " + number);
      }
    }
    return value(fields);
  }

  abstract void writeFields(WireWriter out, JsonNode value);

  /**
   * @param fields by number: null, a Long or bytes
   */
  abstract JsonNode value(List<Object> fields);

  private static void writeInstant(WireWriter out, long seconds, int nanos) {
    out.tag(1, WireReader.VARINT);
    out.varint(seconds);
    out.tag(2, WireReader.VARINT);
    out.varint(nanos);
  }

  private static Instant instant(List<Object> fields) {
    if (fields.get(1) == null && fields.get(2) == null) {
      return null;
    }
    try {
      var instant = Instant.ofEpochSecond(number(fields, 1), number(fields, 2));
      java.time.ZonedDateTime.ofInstant(instant, java.time.ZoneOffset.UTC);
      return instant;
    } catch (DateTimeException | ArithmeticException outside) {
      throw WireReader.malformed("a time outside the calendar");
    }
  }

  private static long number(List<Object> fields, int number) {
    return fields.get(number) instanceof Long value ? value : 0;
  }

  private static String utf8(byte[] text) {
    return new String(text, java.nio.charset.StandardCharsets.UTF_8);
  }

  private static JsonNode json(byte[] text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw WireReader.malformed("an embedded object: " + malformed.getOriginalMessage());
    } catch (IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }
}
