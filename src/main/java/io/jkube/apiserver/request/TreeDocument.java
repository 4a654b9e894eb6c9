package io.jkube.apiserver.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.io.IOException;
import java.io.OutputStream;

/** A document that was made as a tree; encoded at most once, when a wire asks. One request's. */
public final class TreeDocument implements Document {
  private final ObjectNode tree;
  private byte[] encoded;

  public TreeDocument(ObjectNode tree) {
    this.tree = tree;
  }

  @Override
  public ObjectNode tree() {
    return tree;
  }

  @Override
  public long length() {
    return encoded().length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(encoded());
  }

  private byte[] encoded() {
    if (encoded == null) {
      encoded = Json.bytes(tree);
    }
    return encoded;
  }
}
