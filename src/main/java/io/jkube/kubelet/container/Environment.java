package io.jkube.kubelet.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A container's environment: Services first, then {@code envFrom} in order, then {@code env}; a
 * later one wins, and may use those before it as {@code $(NAME)}.
 */
public final class Environment {
  private static final String KUBERNETES = "kubernetes";

  private final ObjectLookup objects;

  public Environment(ObjectLookup objects) {
    this.objects = objects;
  }

  /** Whether a value is known only once the pod has its address. */
  public static boolean needsAddress(Container container) {
    return container.getEnv().stream()
        .map(variable -> variable.getValueFrom())
        .anyMatch(
            from ->
                from != null
                    && from.getFieldRef() != null
                    && PodFacts.needsAddress(from.getFieldRef().getFieldPath()));
  }

  /**
   * @param volumes where a volume of that name lies on this machine
   * @throws ConfigFailure when a ConfigMap, Secret or key that is not optional is missing
   */
  public Map<String, String> of(
      PodFacts facts, Container container, Function<String, Path> volumes) {
    var namespace = facts.pod().getMetadata().getNamespace();
    var variables = new LinkedHashMap<String, String>(ServiceVariables.of(linked(facts)));
    for (var source : container.getEnvFrom()) {
      addAll(source, namespace, variables);
    }
    for (var variable : container.getEnv()) {
      if (variable.getValueFrom() == null) {
        var value = variable.getValue() == null ? "" : variable.getValue();
        variables.put(variable.getName(), Expansion.of(value, variables));
      } else {
        value(variable.getValueFrom(), facts, container, volumes)
            .ifPresent(value -> variables.put(variable.getName(), value));
      }
    }
    return variables;
  }

  /** The API's own Service is told to every pod, those of its namespace unless it declines. */
  private List<ObjectNode> linked(PodFacts facts) {
    var namespace = facts.pod().getMetadata().getNamespace();
    var linked = new ArrayList<ObjectNode>();
    boolean all = !Boolean.FALSE.equals(facts.pod().getSpec().getEnableServiceLinks());
    if (all) {
      objects.services(namespace).stream()
          .filter(s -> !(namespace.equals("default") && name(s).equals(KUBERNETES)))
          .forEach(linked::add);
    }
    objects.services("default").stream()
        .filter(service -> name(service).equals(KUBERNETES))
        .forEach(linked::add);
    return linked;
  }

  private void addAll(EnvFromSource source, String namespace, Map<String, String> variables) {
    var prefix = source.getPrefix() == null ? "" : source.getPrefix();
    var map = source.getConfigMapRef();
    if (map != null) {
      configMap(namespace, map.getName(), isTrue(map.getOptional()))
          .ifPresent(o -> o.path("data").properties().forEach(e -> put(variables, prefix, e)));
    }
    var secret = source.getSecretRef();
    if (secret != null) {
      secret(namespace, secret.getName(), isTrue(secret.getOptional()))
          .ifPresent(
              found ->
                  found
                      .path("data")
                      .properties()
                      .forEach(e -> variables.put(prefix + e.getKey(), decoded(e.getValue()))));
    }
  }

  private static void put(
      Map<String, String> variables, String prefix, Map.Entry<String, JsonNode> entry) {
    variables.put(prefix + entry.getKey(), entry.getValue().asText());
  }

  private Optional<String> value(
      EnvVarSource from, PodFacts facts, Container container, Function<String, Path> volumes) {
    var namespace = facts.pod().getMetadata().getNamespace();
    if (from.getFieldRef() != null) {
      return Optional.of(facts.field(from.getFieldRef().getFieldPath()));
    }
    if (from.getResourceFieldRef() != null) {
      var ref = from.getResourceFieldRef();
      var divisor = ref.getDivisor() == null ? null : ref.getDivisor().getNumericalAmount();
      return Optional.of(
          facts.resource(ref.getContainerName(), container, ref.getResource(), divisor));
    }
    if (from.getConfigMapKeyRef() != null) {
      var ref = from.getConfigMapKeyRef();
      boolean optional = isTrue(ref.getOptional());
      return configMap(namespace, ref.getName(), optional)
          .flatMap(o -> key(o, "ConfigMap", namespace, ref.getName(), ref.getKey(), optional))
          .map(JsonNode::asText);
    }
    if (from.getSecretKeyRef() != null) {
      var ref = from.getSecretKeyRef();
      boolean optional = isTrue(ref.getOptional());
      return secret(namespace, ref.getName(), optional)
          .flatMap(o -> key(o, "Secret", namespace, ref.getName(), ref.getKey(), optional))
          .map(Environment::decoded);
    }
    if (from.getFileKeyRef() != null) {
      var ref = from.getFileKeyRef();
      var file = volumes.apply(ref.getVolumeName()).resolve(ref.getPath()).normalize();
      return EnvironmentFile.value(file, ref.getKey(), isTrue(ref.getOptional()));
    }
    throw new ConfigFailure("environment variable has a source that is not supported");
  }

  private Optional<ObjectNode> configMap(String namespace, String name, boolean optional) {
    return required(objects.configMap(namespace, name), "configmap", name, optional);
  }

  private Optional<ObjectNode> secret(String namespace, String name, boolean optional) {
    return required(objects.secret(namespace, name), "secret", name, optional);
  }

  private static Optional<ObjectNode> required(
      Optional<ObjectNode> found, String kind, String name, boolean optional) {
    if (found.isEmpty() && !optional) {
      throw new ConfigFailure(kind + " \"" + name + "\" not found");
    }
    return found;
  }

  private static Optional<JsonNode> key(
      ObjectNode object, String kind, String namespace, String name, String key, boolean optional) {
    var value = object.path("data").path(key);
    if (value.isMissingNode() && !optional) {
      throw new ConfigFailure(
          "couldn't find key " + key + " in " + kind + " " + namespace + "/" + name);
    }
    return value.isMissingNode() ? Optional.empty() : Optional.of(value);
  }

  private static String decoded(JsonNode base64) {
    return new String(Base64.getDecoder().decode(base64.asText()), StandardCharsets.UTF_8);
  }

  private static String name(ObjectNode object) {
    return object.path("metadata").path("name").asText();
  }

  private static boolean isTrue(Boolean flag) {
    return Boolean.TRUE.equals(flag);
  }
}
