package io.jkube.apiserver.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The bytes of an object in the store: its JSON with {@code apiVersion}, {@code kind} and {@code
 * metadata} first and an empty {@code resourceVersion}, which is known only after the commit. The
 * first occurrence of the unescaped bytes {@code "resourceVersion":""} is thus the metadata's, and
 * a reader gets the wire's bytes by putting the digits in.
 */
final class ObjectCodec {
  private static final byte[] EMPTY_VERSION =
      "\"resourceVersion\":\"\"".getBytes(StandardCharsets.US_ASCII);

  /** What upstream writes before the rest of the metadata; nothing a client chooses freely. */
  private static final List<String> METADATA_FIRST =
      List.of("name", "generateName", "namespace", "uid");

  private ObjectCodec() {}

  static byte[] encode(ObjectNode object) {
    var ordered = Json.object();
    ordered.set("apiVersion", object.get("apiVersion"));
    ordered.set("kind", object.get("kind"));
    ordered.set("metadata", metadata((ObjectNode) object.get("metadata")));
    for (var field : object.properties()) {
      if (!ordered.has(field.getKey())) {
        ordered.set(field.getKey(), field.getValue());
      }
    }
    return Json.bytes(ordered);
  }

  private static ObjectNode metadata(ObjectNode metadata) {
    var ordered = Json.object();
    for (var name : METADATA_FIRST) {
      if (metadata.has(name)) {
        ordered.set(name, metadata.get(name));
      }
    }
    ordered.put("resourceVersion", "");
    for (var field : metadata.properties()) {
      if (!ordered.has(field.getKey())) {
        ordered.set(field.getKey(), field.getValue());
      }
    }
    return ordered;
  }

  /** Where in the stored bytes the digits of the revision go, for the wire. */
  static int placeOfRevision(byte[] stored) {
    return indexOfEmptyVersion(stored) + EMPTY_VERSION.length - 1;
  }

  private static int indexOfEmptyVersion(byte[] stored) {
    for (int start = 0; start + EMPTY_VERSION.length <= stored.length; start++) {
      boolean quote = stored[start] == '"' && stored[start + 1] == 'r';
      if (quote
          && java.util.Arrays.equals(
              stored,
              start,
              start + EMPTY_VERSION.length,
              EMPTY_VERSION,
              0,
              EMPTY_VERSION.length)) {
        return start;
      }
    }
    throw new IllegalArgumentException("a value in the store without a place for its revision");
  }
}
