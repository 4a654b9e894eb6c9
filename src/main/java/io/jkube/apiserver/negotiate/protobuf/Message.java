package io.jkube.apiserver.negotiate.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The coding of a definition with fields. They are put together at first use: types recur. */
final class Message implements Coding {
  private final Supplier<List<Field>> source;
  private volatile Fields fields;

  private record Fields(List<Field> inOrder, Map<Integer, Field> byNumber) {}

  Message(Supplier<List<Field>> source) {
    this.source = source;
  }

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

  /** Writes the fields with no length before them. */
  void writeFields(WireWriter out, JsonNode object) {
    for (var field : fields().inOrder()) {
      field.write(out, object);
    }
  }

  @Override
  public JsonNode read(WireReader in) {
    var object = Json.object();
    readInto(in.message(), object);
    return object;
  }

  /** Reads all that {@code in} has. */
  void readInto(WireReader in, ObjectNode object) {
    var byNumber = fields().byNumber();
    while (!in.atEnd()) {
      int tag = in.tag();
      var field = byNumber.get(tag >>> 3);
      if (field == null) {
        in.skip(tag & 7);
      } else {
        field.read(in, tag & 7, object);
      }
    }
  }

  /** Whether the object has any of the fields. */
  boolean hasAnyOf(JsonNode object) {
    return fields().inOrder().stream()
        .anyMatch(
            field ->
                switch (field) {
                  case Field.Single single -> object.hasNonNull(single.name());
                  case Field.Repeated repeated -> object.hasNonNull(repeated.name());
                  case Field.Keyed keyed -> object.hasNonNull(keyed.name());
                  case Field.Inline inline -> inline.message().hasAnyOf(object);
                });
  }

  private Fields fields() {
    var known = fields;
    if (known == null) {
      var inOrder = source.get();
      var byNumber = new HashMap<Integer, Field>();
      inOrder.forEach(field -> byNumber.put(field.number(), field));
      known = new Fields(inOrder, byNumber);
      fields = known;
    }
    return known;
  }
}
