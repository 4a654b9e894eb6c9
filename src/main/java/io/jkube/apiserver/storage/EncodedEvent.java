package io.jkube.apiserver.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.request.Document;
import io.jkube.apiserver.request.WatchFeed;
import io.jkube.registry.Conversion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * An event over a document; its line, and its frame of another framing, are made when the first
 * wire asks and kept for the others.
 */
public final class EncodedEvent implements WatchFeed.Event {
  private static final int FRAME_BYTES = 40;

  private final String type;
  private final Document document;
  private volatile byte[] line;
  private volatile Frame frame;

  private record Frame(WatchFeed.Framing framing, byte[] bytes) {}

  public EncodedEvent(String type, Document document) {
    this.type = type;
    this.document = document;
  }

  /** The same event with its object in another version; itself where that reads the same. */
  EncodedEvent servedBy(Conversion conversion) {
    if (!(document instanceof StoredObject stored)) {
      return this;
    }
    var served = stored.servedBy(conversion);
    return served == stored ? this : new EncodedEvent(type, served);
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public ObjectNode object() {
    return document.tree();
  }

  @Override
  public byte[] line() {
    var encoded = line;
    if (encoded == null) {
      encoded = encode();
      line = encoded;
    }
    return encoded;
  }

  @Override
  public byte[] frame(WatchFeed.Framing framing) {
    if (framing == WatchFeed.Framing.LINES) {
      return line();
    }
    var made = frame;
    if (made == null || made.framing() != framing) {
      made = new Frame(framing, framing.encode(this));
      frame = made;
    }
    return made.bytes();
  }

  private byte[] encode() {
    var out = new ByteArrayOutputStream((int) document.length() + FRAME_BYTES);
    try {
      out.write(("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.US_ASCII));
      document.writeTo(out);
      out.write("}\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }
}
