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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The documents of a catalog; each is made when first asked for, anew when its kinds change. */
public final class OpenApiDocuments implements OpenApiSource {
  private final ResourceCatalog catalog;
  private final BuiltinDefinitions definitions;
  private final String version;
  private volatile Kinds kinds;
  private final Map<String, Made> made = new ConcurrentHashMap<>();
  private volatile Made everything;

  /** One state of the catalog. */
  private record Kinds(
      List<ResourceDefinition> all, Map<String, List<ResourceDefinition>> byPath) {}

  /** A document, and what it is about. */
  private record Made(List<ResourceDefinition> resources, byte[] document) {}

  /**
   * @param version of Kubernetes, as {@code /version} gives it
   */
  public OpenApiDocuments(ResourceCatalog catalog, BuiltinDefinitions definitions, String version) {
    this.catalog = catalog;
    this.definitions = definitions;
    this.version = version;
  }

  private Kinds kinds() {
    var all = catalog.all();
    var known = kinds;
    if (known == null || known.all() != all) {
      var byPath = new LinkedHashMap<String, List<ResourceDefinition>>();
      for (var resource : all) {
        byPath.computeIfAbsent(path(resource), any -> new ArrayList<>()).add(resource);
      }
      known = new Kinds(all, byPath);
      kinds = known;
      made.keySet().retainAll(byPath.keySet());
    }
    return known;
  }

  /** {@code api/v1}, {@code apis/apps/v1}. */
  private static String path(ResourceDefinition resource) {
    var version = resource.resource().apiVersion();
    return resource.resource().group().isEmpty() ? "api/" + version : "apis/" + version;
  }

  @Override
  public Set<String> paths() {
    return Set.copyOf(kinds().byPath().keySet());
  }

  @Override
  public String hash(String path) {
    var text = new StringBuilder(BuiltinDefinitions.lines("digest").getFirst());
    text.append(version).append(path);
    for (var resource : kinds().byPath().getOrDefault(path, List.of())) {
      text.append(resource.resource())
          .append(resource.kind())
          .append(resource.namespaced())
          .append(resource.verbs().stream().sorted().toList())
          .append(resource.subresources().stream().sorted().toList());
      CustomDefinitions.appendTo(text, resource);
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
    var resources = kinds().byPath().get(path);
    return Optional.ofNullable(resources)
        .map(
            wanted ->
                made.compute(path, (any, known) -> fresh(known, wanted, this::v3Document))
                    .document());
  }

  @Override
  public Optional<byte[]> v2() {
    var document = fresh(everything, kinds().all(), this::v2Document);
    everything = document;
    return Optional.of(document.document());
  }

  private static Made fresh(
      Made known,
      List<ResourceDefinition> resources,
      Function<List<ResourceDefinition>, ObjectNode> maker) {
    return known != null && known.resources().equals(resources)
        ? known
        : new Made(resources, Json.bytes(maker.apply(resources)));
  }

  private ObjectNode v3Document(Collection<ResourceDefinition> resources) {
    var document = Json.object().put("openapi", "3.0.0");
    document.set("info", info());
    var schemas = new SchemaWriter(definitions, new CustomDefinitions(resources), Dialect.V3);
    writePaths(document, resources, schemas, Dialect.V3);
    var components = document.putObject("components");
    schemas.writeTo(components.putObject("schemas"));
    bearerToken(components.putObject("securitySchemes"));
    return document;
  }

  private ObjectNode v2Document(List<ResourceDefinition> all) {
    var document = Json.object().put("swagger", "2.0");
    document.set("info", info());
    var schemas = new SchemaWriter(definitions, new CustomDefinitions(all), Dialect.V2);
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
      new ResourcePaths(resource, writer, schemas).write();
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
