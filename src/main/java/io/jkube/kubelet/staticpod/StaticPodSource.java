package io.jkube.kubelet.staticpod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;

/**
 * Where a node's static pods come from.
 *
 * @param folder of their files
 * @param reader makes of a file, YAML or JSON, a pod that is valid and has all defaults; fails with
 *     {@link io.jkube.api.ApiException} or {@link IllegalArgumentException} that says what is wrong
 */
public record StaticPodSource(Path folder, Function<byte[], ObjectNode> reader) {
  public StaticPodSource {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(reader, "reader");
  }
}
