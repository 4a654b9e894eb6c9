package io.jkube.kubelet.container;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What containers and volumes read from the API. Answers are shared: read, do not change. */
public interface ObjectLookup {
  Optional<ObjectNode> configMap(String namespace, String name);

  Optional<ObjectNode> secret(String namespace, String name);

  Optional<ObjectNode> claim(String namespace, String name);

  Optional<ObjectNode> volume(String name);

  /** The RuntimeClass of that name. */
  Optional<ObjectNode> runtimeClass(String name);

  /** The Services of a namespace, by name. */
  List<ObjectNode> services(String namespace);
}
