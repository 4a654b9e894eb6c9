package io.jkube.apiserver.negotiate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.request.Document;
import io.jkube.apiserver.storage.Listing;
import io.jkube.registry.ResourceDefinition;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A list as it goes out: a frame around the objects' own bytes, none of which is encoded anew. */
final class ListDocument implements Document {
  private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

  private final Listing listing;
  private final ObjectNode frame;
  private final byte[] head;

  ListDocument(ResourceDefinition definition, Listing listing) {
    this.listing = listing;
    this.frame =
        Json.object()
            .put("kind", definition.listKind())
            .put("apiVersion", definition.kind().apiVersion());
    frame.set("metadata", metadata(listing));
    var bytes = Json.bytes(frame);
    this.head =
        (new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8) + ",\"items\":[")
            .getBytes(StandardCharsets.UTF_8);
  }

  /** A list's own metadata. */
  static ObjectNode metadata(Listing listing) {
    var metadata = Json.object().put("resourceVersion", Long.toString(listing.revision()));
    if (!listing.next().isEmpty()) {
      metadata.put("continue", listing.next());
      if (listing.remaining() > 0) {
        metadata.put("remainingItemCount", listing.remaining());
      }
    }
    return metadata;
  }

  @Override
  public ObjectNode tree() {
    var tree = Json.object();
    tree.setAll(frame);
    var items = tree.putArray("items");
    for (var item : listing.items()) {
      items.add(item.tree());
    }
    return tree;
  }

  @Override
  public long length() {
    long length = head.length + END.length + Math.max(0, listing.items().size() - 1);
    for (var item : listing.items()) {
      length += item.length();
    }
    return length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(head);
    boolean first = true;
    for (var item : listing.items()) {
      if (!first) {
        out.write(',');
      }
      first = false;
      item.writeTo(out);
    }
    out.write(END);
  }
}
