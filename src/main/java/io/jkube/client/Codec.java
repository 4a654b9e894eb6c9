package io.jkube.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.Objects;
import java.util.function.Function;

/** How {@code T} is read from a tree and written to one. */
public record Codec<T>(Function<ObjectNode, T> read, Function<T, ObjectNode> write) {
  /** Trees as they are: nothing is converted, nothing copied. */
  public static final Codec<ObjectNode> TREE =
      new Codec<>(Function.identity(), Function.identity());

  public Codec {
    Objects.requireNonNull(read, "read");
    Objects.requireNonNull(write, "write");
  }

  /** A class of the typed model; its first use costs the introspection of the class. */
  public static <T> Codec<T> typed(Class<T> type) {
    return new Codec<>(tree -> Json.as(tree, type), Json::tree);
  }
}
