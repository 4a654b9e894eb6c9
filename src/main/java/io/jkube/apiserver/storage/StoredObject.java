package io.jkube.apiserver.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.request.Document;
import io.jkube.registry.Conversion;
import io.jkube.registry.ResourceDefinition;
import io.jkube.store.Versioned;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;

/**
 * One object at one revision: the committed bytes with the revision in (in the version asked for),
 * and the tree, parsed when first asked for and shared by all who ask. Immutable but for that.
 */
public final class StoredObject implements Document {
  private final Versioned entry;
  private final long revision;
  private final Conversion conversion;
  private final byte[] json;
  private volatile ObjectNode tree;

  /** How it was last served in another version: most clients ask for the same. */
  private volatile Served lastServed;

  private record Served(Conversion conversion, StoredObject object) {}

  /** What field selectors see of it, once one has asked. */
  private volatile Selectable selectable;

  private record Selectable(ResourceDefinition definition, Map<String, String> fields) {}

  private StoredObject(Versioned entry, long revision, Conversion conversion, byte[] json) {
    this.entry = Objects.requireNonNull(entry, "entry");
    this.revision = revision;
    this.conversion = conversion;
    this.json = json;
  }

  static StoredObject of(Versioned entry) {
    var json = ObjectCodec.withRevision(entry.value(), entry.modRevision());
    return new StoredObject(entry, entry.modRevision(), Conversion.NONE, json);
  }

  /** The same object as it reads in the event that takes it away at {@code revision}. */
  StoredObject goneAt(long revision) {
    var stored = ObjectCodec.withRevision(entry.value(), revision);
    return new StoredObject(entry, revision, Conversion.NONE, stored).servedBy(conversion);
  }

  /** The same object as it is served in another version than that of the store. */
  StoredObject servedBy(Conversion served) {
    if (served == Conversion.NONE) {
      return this;
    }
    var last = lastServed;
    if (last == null || last.conversion() != served) {
      last = new Served(served, converted(served));
      lastServed = last;
    }
    return last.object();
  }

  private StoredObject converted(Conversion served) {
    var own = Json.parseOwn(json);
    var converted = served.toServed(own);
    return converted == own
        ? this
        : new StoredObject(entry, revision, served, Json.bytes(converted));
  }

  /** What field selectors see of it: read out once, however many watchers ask. */
  Map<String, String> selectableFields(ResourceDefinition definition) {
    var known = selectable;
    if (known == null || known.definition != definition) {
      known = new Selectable(definition, definition.strategy().selectableFields(tree()));
      selectable = known;
    }
    return known.fields;
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
      parsed = Json.parseOwn(json);
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
