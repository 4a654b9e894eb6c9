package io.jkube.apiserver.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.request.Document;
import io.jkube.store.Versioned;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * One object at one revision: the committed bytes with the revision in, and the tree, parsed when
 * first asked for and shared by all who ask. Immutable but for that.
 */
public final class StoredObject implements Document {
  private final Versioned entry;
  private final long revision;
  private final byte[] json;
  private volatile ObjectNode tree;

  private StoredObject(Versioned entry, long revision) {
    this.entry = Objects.requireNonNull(entry, "entry");
    this.revision = revision;
    this.json = ObjectCodec.withRevision(entry.value(), revision);
  }

  static StoredObject of(Versioned entry) {
    return new StoredObject(entry, entry.modRevision());
  }

  /** The same object as it reads in the event that takes it away at {@code revision}. */
  StoredObject goneAt(long revision) {
    return new StoredObject(entry, revision);
  }

  /** Its key in the store. */
  public String key() {
    return entry.key();
  }

  /** The {@code metadata.resourceVersion}. */
  public long revision() {
    return revision;
  }

  /** What stands in the store. */
  byte[] stored() {
    return entry.value();
  }

  /** The object's JSON; never written to. */
  public byte[] json() {
    return json;
  }

  @Override
  public ObjectNode tree() {
    var parsed = tree;
    if (parsed == null) {
      parsed = Json.parse(json);
      tree = parsed;
    }
    return parsed;
  }

  @Override
  public long length() {
    return json.length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(json);
  }
}
