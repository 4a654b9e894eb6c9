package io.jkube.apiserver.negotiate.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Json;

/** A list inside of a map or list, which protobuf wraps into a message: {@code items = 1}. */
record Items(Coding element) implements Coding {
  @Override
  public int wireType() {
    return WireReader.BYTES;
  }

  @Override
  public void write(WireWriter out, JsonNode value) {
    int mark = out.open();
    for (var item : value) {
      out.tag(1, element.wireType());
      element.write(out, item);
    }
    out.close(mark);
  }

  @Override
  public JsonNode read(WireReader in) {
    var message = in.message();
    var items = Json.array();
    while (!message.atEnd()) {
      int tag = message.tag();
      if (tag == (1 << 3 | element.wireType())) {
        items.add(element.read(message));
      } else {
        message.skip(tag & 7);
      }
    }
    return items;
  }
}
