package io.jkube.apiserver.discovery;

import io.jkube.api.GroupVersionKind;
import io.jkube.registry.ResourceDefinition;
import java.util.Arrays;
import java.util.List;

/**
 * What discovery says of a subresource.
 *
 * @param kind of its body
 */
record Subresource(String name, GroupVersionKind kind, List<String> verbs) {
  static List<Subresource> of(ResourceDefinition definition) {
    return definition.subresources().stream().sorted().map(name -> of(definition, name)).toList();
  }

  private static Subresource of(ResourceDefinition definition, String name) {
    var own = definition.kind();
    return switch (name) {
      case "binding" -> new Subresource(name, core("Binding"), List.of("create"));
      case "eviction" ->
          new Subresource(
              name, new GroupVersionKind("policy", "v1", "Eviction"), List.of("create"));
      case "exec" -> new Subresource(name, core("PodExecOptions"), words("create get"));
      case "attach" -> new Subresource(name, core("PodAttachOptions"), words("create get"));
      case "portforward" ->
          new Subresource(name, core("PodPortForwardOptions"), words("create get"));
      case "proxy" ->
          new Subresource(
              name, core(own.kind() + "ProxyOptions"), words("create delete get patch update"));
      case "token" ->
          new Subresource(
              name,
              new GroupVersionKind("authentication.k8s.io", "v1", "TokenRequest"),
              List.of("create"));
      case "scale" ->
          new Subresource(
              name, new GroupVersionKind("autoscaling", "v1", "Scale"), words("get patch update"));
      case "log" -> new Subresource(name, own, List.of("get"));
      case "finalize" -> new Subresource(name, own, List.of("update"));
      case String other -> new Subresource(other, own, words("get patch update"));
    };
  }

  private static GroupVersionKind core(String kind) {
    return new GroupVersionKind("", "v1", kind);
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.split(" "));
  }
}
