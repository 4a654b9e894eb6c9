package io.jkube.apiserver.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.request.Document;
import io.jkube.registry.Conversion;
import io.jkube.registry.ResourceDefinition;
import io.jkube.store.Versioned;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One object at one revision: the committed bytes (in the version asked for), into which the
 * revision goes on the way out, and the tree, parsed when asked for and shared by all who ask while
 * one of them holds it. A tree weighs several times its bytes, so that is nothing to keep for every
 * object of a cluster. Immutable but for that.
 */
public final class StoredObject implements Document {
  private static final WeakReference<ObjectNode> NO_TREE = new WeakReference<>(null);

  private final Versioned entry;
  private final long revision;
  private final Conversion conversion;
  private final byte[] encoded;

  /** Where in {@link #encoded} the digits of the revision go. */
  private final int revisionAt;

  private volatile WeakReference<ObjectNode> tree = NO_TREE;

  /** How it was last served in another version: most clients ask for the same. */
  private volatile Served lastServed;

  private record Served(Conversion conversion, StoredObject object) {}

  private volatile Selectable selectable;

  /** What selectors see of an object, kept once one has asked. */
  record Selectable(
      ResourceDefinition definition, Map<String, String> labels, Map<String, String> fields) {
    private static Selectable of(ResourceDefinition definition, ObjectNode object) {
      var labels = new HashMap<String, String>();
      for (var label : object.at("/metadata/labels").properties()) {
        labels.put(label.getKey(), label.getValue().asText());
      }
      var fields = definition.strategy().selectableFields(object);
      return new Selectable(definition, Map.copyOf(labels), fields);
    }
  }

  private StoredObject(Versioned entry, long revision, Conversion conversion, byte[] encoded) {
    this.entry = Objects.requireNonNull(entry, "entry");
    this.revision = revision;
    this.conversion = conversion;
    this.encoded = encoded;
    this.revisionAt = ObjectCodec.placeOfRevision(encoded);
  }

  static StoredObject of(Versioned entry) {
    return new StoredObject(entry, entry.modRevision(), Conversion.NONE, entry.value());
  }

  /** The same object as it reads in the event that takes it away at {@code revision}. */
  StoredObject goneAt(long revision) {
    return new StoredObject(entry, revision, conversion, encoded);
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
    var own = parse();
    var converted = served.toServed(own);
    return converted == own
        ? this
        : new StoredObject(entry, revision, served, ObjectCodec.encode(converted));
  }

  /** Read out once, however many watchers ask. */
  Selectable selectable(ResourceDefinition definition) {
    var known = selectable;
    if (known == null || known.definition != definition) {
      known = Selectable.of(definition, tree());
      selectable = known;
    }
    return known;
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

  @Override
  public ObjectNode tree() {
    var parsed = tree.get();
    if (parsed == null) {
      parsed = parse();
      tree = new WeakReference<>(parsed);
    }
    return parsed;
  }

  private ObjectNode parse() {
    var parsed = Json.parseOwn(encoded);
    ((ObjectNode) parsed.get("metadata")).put("resourceVersion", Long.toString(revision));
    return parsed;
  }

  @Override
  public long length() {
    return encoded.length + digits().length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(encoded, 0, revisionAt);
    out.write(digits());
    out.write(encoded, revisionAt, encoded.length - revisionAt);
  }

  private byte[] digits() {
    return Long.toString(revision).getBytes(StandardCharsets.US_ASCII);
  }
}
