package io.jkube.apiserver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.store.Versioned;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An object between the bytes of the store and those of the wire. */
final class StoredObjectTest {
  private static final String KEY = "/registry/configmaps/team/web";

  private final StoredObject object = stored(4711);

  @Test
  void theRevisionGoesIntoTheMetadata() throws IOException {
    assertEquals("4711", object.tree().at("/metadata/resourceVersion").asText());
    assertEquals("\"resourceVersion\":\"\"", object.tree().at("/data/note").asText());
    assertEquals(object.tree(), Json.parse(wire(object)));
  }

  @Test
  void itsLengthIsThatOfTheWire() throws IOException {
    assertEquals(wire(object).length, object.length());
    assertEquals(wire(object).length + 1, object.goneAt(10_000).length());
  }

  @Test
  void aDeletionReadsAtItsOwnRevision() throws IOException {
    var gone = Json.parse(wire(object.goneAt(4712)));
    assertEquals("4712", gone.at("/metadata/resourceVersion").asText());
    assertEquals("4711", object.tree().at("/metadata/resourceVersion").asText());
  }

  @Test
  void aTreeIsSharedAsLongAsItIsUsed() {
    var tree = object.tree();
    assertSame(tree, object.tree());
  }

  @Test
  void aTreeThatNobodyUsesGoes() {
    var tree = new WeakReference<>(object.tree());
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (tree.get() != null) {
      assertTrue(System.nanoTime() < deadline, "the object holds its tree");
      System.gc();
    }
    assertEquals("web", object.tree().at("/metadata/name").asText());
  }

  @Test
  void keysTellNameAndNamespace() {
    assertEquals("web", StorageKeys.name(KEY));
    assertEquals("team", StorageKeys.namespace(Resources.CONFIG_MAPS, KEY));
    assertEquals("", StorageKeys.namespace(Resources.NODES, "/registry/minions/one"));
    assertFalse(StorageKeys.name("/registry/services/specs/team/web").contains("/"));
  }

  private static StoredObject stored(long revision) {
    var tree =
        Json.parse(
            ("{'metadata':{'name':'web','namespace':'team'},'apiVersion':'v1','kind':'ConfigMap',"
                    + "'data':{}}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8));
    tree.withObject("/data").put("note", "\"resourceVersion\":\"\"");
    return StoredObject.of(new Versioned(KEY, ObjectCodec.encode(tree), 1, revision));
  }

  private static byte[] wire(StoredObject object) throws IOException {
    var out = new ByteArrayOutputStream();
    object.writeTo(out);
    return out.toByteArray();
  }
}
