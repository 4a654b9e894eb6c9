package io.jkube.registry.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.schema.BuiltinDefinitions;
import io.jkube.registry.schema.OpenApiSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The documents of a catalog of built-in kinds; each is made once, when first asked for. */
public final class OpenApiDocuments implements OpenApiSource {
  private static final String EVERYTHING = "v2";

  private final BuiltinDefinitions definitions;
  private final String version;
  private final Map<String, List<ResourceDefinition>> byPath = new LinkedHashMap<>();
  private final Map<String, byte[]> made = new ConcurrentHashMap<>();

  /**
   * @param version of Kubernetes, as {@code /version} gives it
   */
  public OpenApiDocuments(ResourceCatalog catalog, BuiltinDefinitions definitions, String version) {
    this.definitions = definitions;
    this.version = version;
    for (var resource : catalog.all()) {
      byPath.merge(path(resource), List.of(resource), OpenApiDocuments::joined);
    }
  }

  /** {@code api/v1}, {@code apis/apps/v1}. */
  private static String path(ResourceDefinition resource) {
    var version = resource.resource().apiVersion();
    return resource.resource().group().isEmpty() ? "api/" + version : "apis/" + version;
  }

  private static List<ResourceDefinition> joined(
      List<ResourceDefinition> one, List<ResourceDefinition> other) {
    return java.util.stream.Stream.concat(one.stream(), other.stream()).toList();
  }

  @Override
  public Set<String> paths() {
    return Set.copyOf(byPath.keySet());
  }

  @Override
  public String hash(String path) {
    var text = new StringBuilder(BuiltinDefinitions.lines("digest").getFirst());
    text.append(version).append(path);
    for (var resource : byPath.getOrDefault(path, List.of())) {
      text.append(resource.resource())
          .append(resource.kind())
          .append(resource.namespaced())
          .append(resource.verbs().stream().sorted().toList())
          .append(resource.subresources().stream().sorted().toList());
    }
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .withUpperCase()
          .formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public Optional<byte[]> v3(String path) {
    var resources = byPath.get(path);
    return resources == null
        ? Optional.empty()
        : Optional.of(made.computeIfAbsent(path, any -> Json.bytes(v3Document(resources))));
  }

  @Override
  public Optional<byte[]> v2() {
    return Optional.of(made.computeIfAbsent(EVERYTHING, any -> Json.bytes(v2Document())));
  }

  private ObjectNode v3Document(Collection<ResourceDefinition> resources) {
    var document = Json.object().put("openapi", "3.0.0");
    document.set("info", info());
    var schemas = new SchemaWriter(definitions, Dialect.V3);
    writePaths(document, resources, schemas, Dialect.V3);
    var components = document.putObject("components");
    schemas.writeTo(components.putObject("schemas"));
    bearerToken(components.putObject("securitySchemes"));
    return document;
  }

  private ObjectNode v2Document() {
    var document = Json.object().put("swagger", "2.0");
    document.set("info", info());
    var schemas = new SchemaWriter(definitions, Dialect.V2);
    var all = byPath.values().stream().flatMap(List::stream).toList();
    writePaths(document, all, schemas, Dialect.V2);
    schemas.writeTo(document.putObject("definitions"));
    bearerToken(document.putObject("securityDefinitions"));
    return document;
  }

  private void writePaths(
      ObjectNode document,
      Collection<ResourceDefinition> resources,
      SchemaWriter schemas,
      Dialect dialect) {
    var writer = new OperationWriter(document.putObject("paths"), schemas, dialect);
    for (var resource : resources) {
      writer.writeIndex(
          "/" + path(resource) + "/",
          "get" + ResourcePaths.groupWord(resource.kind()) + "APIResources");
      new ResourcePaths(resource, writer, definitions).write();
    }
  }

  private ObjectNode info() {
    return Json.object().put("title", "Kubernetes").put("version", version);
  }

  private static void bearerToken(ObjectNode schemes) {
    schemes
        .putObject("BearerToken")
        .put("type", "apiKey")
        .put("name", "authorization")
        .put("in", "header")
        .put("description", "Bearer Token authentication");
  }
}
