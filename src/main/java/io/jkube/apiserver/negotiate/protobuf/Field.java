package io.jkube.apiserver.negotiate.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One numbered part of a message. */
sealed interface Field {
  int number();

  /** Writes what the object has of it, with its tag; nothing when it has nothing. */
  void write(WireWriter out, JsonNode object);

  /** Reads one occurrence into the object. */
  void read(WireReader in, int wireType, ObjectNode object);

  /** A field with one value. */
  record Single(String name, int number, Coding coding, boolean zeroIsAbsent) implements Field {
    @Override
    public void write(WireWriter out, JsonNode object) {
      var value = object.get(name);
      if (value != null && !value.isNull()) {
        out.tag(number, coding.wireType());
        coding.write(out, value);
      }
    }

    @Override
    public void read(WireReader in, int wireType, ObjectNode object) {
      expect(coding, wireType, name);
      var value = coding.read(in);
      if (value.isNull() || zeroIsAbsent && coding.isZero(value)) {
        object.remove(name);
      } else {
        object.set(name, value);
      }
    }
  }

  /** A field with a list of values. */
  record Repeated(String name, int number, Coding coding) implements Field {
    @Override
    public void write(WireWriter out, JsonNode object) {
      for (var value : object.path(name)) {
        out.tag(number, coding.wireType());
        coding.write(out, value);
      }
    }

    @Override
    public void read(WireReader in, int wireType, ObjectNode object) {
      var list = object.withArrayProperty(name);
      if (wireType == WireReader.BYTES && coding.wireType() != WireReader.BYTES) {
        for (var packed = in.message(); !packed.atEnd(); ) {
          list.add(coding.read(packed));
        }
      } else {
        expect(coding, wireType, name);
        list.add(coding.read(in));
      }
    }
  }

  /** A field with values by name: messages of {@code key = 1, value = 2}. */
  record Keyed(String name, int number, Coding coding) implements Field {
    private static final int KEY = 1;
    private static final int VALUE = 2;

    @Override
    public void write(WireWriter out, JsonNode object) {
      for (var entry : object.path(name).properties()) {
        out.tag(number, WireReader.BYTES);
        int mark = out.open();
        out.tag(KEY, WireReader.BYTES);
        out.text(entry.getKey());
        if (!entry.getValue().isNull()) {
          out.tag(VALUE, coding.wireType());
          coding.write(out, entry.getValue());
        }
        out.close(mark);
      }
    }

    @Override
    public void read(WireReader in, int wireType, ObjectNode object) {
      expect(Scalar.TEXT, wireType, name);
      var entry = in.message();
      var key = "";
      JsonNode value = null;
      while (!entry.atEnd()) {
        int tag = entry.tag();
        switch (tag >>> 3) {
          case KEY -> {
            expect(Scalar.TEXT, tag & 7, name);
            key = entry.text();
          }
          case VALUE -> {
            expect(coding, tag & 7, name);
            value = coding.read(entry);
          }
          default -> entry.skip(tag & 7);
        }
      }
      object.withObjectProperty(name).set(key, value == null ? zero() : value);
    }

    /** What Go takes for a value that is not on the wire. */
    private JsonNode zero() {
      return coding.wireType() == WireReader.BYTES
          ? coding.read(new WireReader(new byte[] {0}))
          : coding.read(new WireReader(new byte[Long.BYTES]));
    }
  }

  /** A message whose fields JSON has in place. */
  record Inline(int number, Message message) implements Field {
    @Override
    public void write(WireWriter out, JsonNode object) {
      if (message.hasAnyOf(object)) {
        out.tag(number, WireReader.BYTES);
        message.write(out, object);
      }
    }

    @Override
    public void read(WireReader in, int wireType, ObjectNode object) {
      expect(message, wireType, "of message");
      message.readInto(in.message(), object);
    }
  }

  private static void expect(Coding coding, int wireType, String name) {
    if (wireType != coding.wireType()) {
      throw WireReader.malformed("wrong wireType = " + wireType + " for field " + name);
    }
  }
}
