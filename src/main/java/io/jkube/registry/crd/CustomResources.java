package io.jkube.registry.crd;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.ScalePaths;
import io.jkube.registry.structural.CustomSchema;
import io.jkube.registry.structural.Structural;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The kinds that a CustomResourceDefinition makes. */
public final class CustomResources {
  /** Stable versions before beta before alpha, the higher number first. */
  public static final Comparator<String> NEWEST_FIRST = VersionOrder.NEWEST_FIRST;

  private CustomResources() {}

  /** The schema of a custom resource; empty for what is built in. */
  public static Optional<CustomSchema> schema(ResourceDefinition definition) {
    return definition.strategy() instanceof CustomStrategy custom
        ? Optional.of(custom.schema())
        : Optional.empty();
  }

  /**
   * The versions that are served, newest first; none while the names are not accepted.
   *
   * @param webhooks what converts, by {@code spec.conversion.webhook}
   */
  public static List<ResourceDefinition> served(
      ObjectNode crd, Function<JsonNode, VersionConverter> webhooks) {
    if (!CrdConditions.is(crd, CrdConditions.ESTABLISHED)) {
      return List.of();
    }
    var conversion = crd.at("/spec/conversion");
    var converter =
        text(conversion, "/strategy").equals("Webhook")
            ? webhooks.apply(conversion.path("webhook"))
            : VersionConverter.SAME;
    return objects(crd, "/spec/versions").stream()
        .filter(version -> version.path("served").asBoolean())
        .sorted((one, other) -> VersionOrder.NEWEST_FIRST.compare(name(one), name(other)))
        .map(version -> definition(crd, version, converter))
        .toList();
  }

  /** The version in which objects stand in the store, served or not; of others it sees no more. */
  public static ResourceDefinition stored(ObjectNode crd) {
    return definition(crd, storageVersion(crd), VersionConverter.SAME);
  }

  static ObjectNode storageVersion(JsonNode crd) {
    return objects(crd, "/spec/versions").stream()
        .filter(version -> version.path("storage").asBoolean())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no version is stored"));
  }

  private static String name(ObjectNode version) {
    return text(version, "/name");
  }

  private static ResourceDefinition definition(
      ObjectNode crd, ObjectNode version, VersionConverter converter) {
    var spec = crd.path("spec");
    var names = crd.at("/status/acceptedNames");
    var group = text(spec, "/group");
    var kind = text(names, "/kind");
    var plural = text(names, "/plural");
    var builder =
        text(spec, "/scope").equals("Namespaced")
            ? ResourceDefinition.namespaced(group, name(version), kind, plural)
            : ResourceDefinition.cluster(group, name(version), kind, plural);
    var schema = schema(group, kind, version);
    var status = version.at("/subresources/status").isObject();
    if (status) {
      builder.subresources("status");
    }
    if (version.at("/subresources/scale").isObject()) {
      builder.scale(scale(version.at("/subresources/scale")));
    }
    CustomColumns.of(version).forEach(builder::column);
    var stored = group + "/" + name(storageVersion(crd));
    return builder
        .singular(text(names, "/singular"))
        .listKind(text(names, "/listKind"))
        .shortNames(texts(names, "/shortNames").toArray(String[]::new))
        .categories(texts(names, "/categories").toArray(String[]::new))
        .generation()
        .storedBy(new StoredVersion(group + "/" + name(version), stored, schema, converter))
        .strategy(
            new CustomStrategy(
                schema,
                new CelRules(schema.structural()),
                status,
                selectable(version),
                CrdConditions.is(crd, CrdConditions.TERMINATING)
                    || crd.path("metadata").has("deletionTimestamp")))
        .build();
  }

  private static CustomSchema schema(String group, String kind, ObjectNode version) {
    var stated = version.at("/schema/openAPIV3Schema");
    var structural =
        stated instanceof ObjectNode own && !own.isEmpty()
            ? Structural.read(own)
            : Structural.ANYTHING;
    return new CustomSchema(structural, definitionName(group, name(version), kind));
  }

  /** {@code com.example.v1.Widget}: as documents and clients name the definition. */
  static String definitionName(String group, String version, String kind) {
    var words = new ArrayList<>(Arrays.asList(group.split("\\.")));
    java.util.Collections.reverse(words);
    return String.join(".", words) + "." + version + "." + kind;
  }

  private static ScalePaths scale(JsonNode scale) {
    return new ScalePaths(
        SimplePath.pointer(text(scale, "/specReplicasPath")),
        SimplePath.pointer(text(scale, "/statusReplicasPath")),
        SimplePath.pointer(text(scale, "/labelSelectorPath")));
  }

  private static List<String> selectable(ObjectNode version) {
    return objects(version, "/selectableFields").stream()
        .map(field -> text(field, "/jsonPath"))
        .toList();
  }
}
