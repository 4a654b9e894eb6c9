package io.jkube.apiserver.negotiate.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.jkube.api.Json;

/**
 * Where a CustomResourceDefinition has a schema or something else: the schemas of {@code items},
 * the truth of {@code additionalProperties}, the names of {@code dependencies}.
 *
 * @param schema of field {@link #schemaNumber}
 * @param other the elements, or the value, of field {@link #otherNumber}
 * @param otherIsList whether the other thing is a list of them
 */
record SchemaOr(Coding schema, int schemaNumber, Coding other, int otherNumber, boolean otherIsList)
    implements Coding {
  static SchemaOr array(Coding schema) {
    return new SchemaOr(schema, 1, schema, 2, true);
  }

  static SchemaOr truth(Coding schema) {
    return new SchemaOr(schema, 2, Scalar.BOOLEAN, 1, false);
  }

  static SchemaOr names(Coding schema) {
    return new SchemaOr(schema, 1, Scalar.TEXT, 2, true);
  }

  @Override
  public int wireType() {
    return WireReader.BYTES;
  }

  @Override
  public void write(WireWriter out, JsonNode value) {
    int mark = out.open();
    if (value.isObject()) {
      if (!otherIsList) {
        writeOther(out, BooleanNode.TRUE);
      }
      out.tag(schemaNumber, WireReader.BYTES);
      schema.write(out, value);
    } else if (otherIsList) {
      value.forEach(element -> writeOther(out, element));
    } else {
      writeOther(out, value);
    }
    out.close(mark);
  }

  private void writeOther(WireWriter out, JsonNode value) {
    out.tag(otherNumber, other.wireType());
    other.write(out, value);
  }

  @Override
  public JsonNode read(WireReader in) {
    var message = in.message();
    JsonNode found = null;
    var list = Json.array();
    JsonNode single = otherIsList ? NullNode.getInstance() : BooleanNode.FALSE;
    while (!message.atEnd()) {
      int tag = message.tag();
      if (tag == (schemaNumber << 3 | WireReader.BYTES)) {
        found = schema.read(message);
      } else if (tag != (otherNumber << 3 | other.wireType())) {
        message.skip(tag & 7);
      } else if (otherIsList) {
        list.add(other.read(message));
      } else {
        single = other.read(message);
      }
    }
    if (found != null) {
      return found;
    }
    return list.isEmpty() ? single : list;
  }
}
