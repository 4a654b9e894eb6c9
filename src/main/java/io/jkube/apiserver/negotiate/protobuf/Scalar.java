package io.jkube.apiserver.negotiate.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Base64;

/** Values that protobuf knows itself. */
enum Scalar implements Coding {
  TEXT(WireReader.BYTES) {
    @Override
    public void write(WireWriter out, JsonNode value) {
      out.text(value.asText());
    }

    @Override
    public JsonNode read(WireReader in) {
      return TextNode.valueOf(in.text());
    }

    @Override
    public boolean isZero(JsonNode value) {
      return value.asText().isEmpty();
    }
  },

  INT32(WireReader.VARINT) {
    @Override
    public void write(WireWriter out, JsonNode value) {
      out.varint(value.asInt());
    }

    @Override
    public JsonNode read(WireReader in) {
      return IntNode.valueOf((int) in.varint());
    }

    @Override
    public boolean isZero(JsonNode value) {
      return value.asInt() == 0;
    }
  },

  INT64(WireReader.VARINT) {
    @Override
    public void write(WireWriter out, JsonNode value) {
      out.varint(value.asLong());
    }

    @Override
    public JsonNode read(WireReader in) {
      return number(in.varint());
    }

    @Override
    public boolean isZero(JsonNode value) {
      return value.asLong() == 0;
    }
  },

  BOOLEAN(WireReader.VARINT) {
    @Override
    public void write(WireWriter out, JsonNode value) {
      out.varint(value.asBoolean() ? 1 : 0);
    }

    @Override
    public JsonNode read(WireReader in) {
      return BooleanNode.valueOf(in.varint() != 0);
    }

    @Override
    public boolean isZero(JsonNode value) {
      return !value.asBoolean();
    }
  },

  DOUBLE(WireReader.FIXED64) {
    @Override
    public void write(WireWriter out, JsonNode value) {
      out.fixed64(Double.doubleToLongBits(value.asDouble()));
    }

    @Override
    public JsonNode read(WireReader in) {
      double value = Double.longBitsToDouble(in.fixed64());
      if (!Double.isFinite(value)) {
        throw WireReader.malformed("a number that JSON has not: " + value);
      }
      return value == (long) value ? number((long) value) : DoubleNode.valueOf(value);
    }
  },

  /** Bytes, which JSON has in base 64. */
  BYTES(WireReader.BYTES) {
    @Override
    public void write(WireWriter out, JsonNode value) {
      out.bytes(Base64.getMimeDecoder().decode(value.asText()));
    }

    @Override
    public JsonNode read(WireReader in) {
      return TextNode.valueOf(Base64.getEncoder().encodeToString(in.bytes()));
    }
  };

  private final int wireType;

  Scalar(int wireType) {
    this.wireType = wireType;
  }

  /** As a parser of JSON would have it. */
  private static JsonNode number(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }

  @Override
  public int wireType() {
    return wireType;
  }
}
