package io.jkube.apiserver.fields;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.schema.BuiltinDefinitions;
import io.jkube.registry.schema.Schema;
import io.jkube.registry.schema.SchemaEngine;
import java.util.List;

/** Services, which have all that matters: maps, structs, lists by keys, sets, what is atomic. */
final class Shapes {
  static final SchemaEngine SCHEMAS = new SchemaEngine(new BuiltinDefinitions());
  static final Structure STRUCTURE = new Structure(SCHEMAS);
  static final ResourceDefinition SERVICES =
      ResourceDefinition.namespaced("", "v1", "Service", "services").build();

  static final ResourceCatalog CATALOG = new ResourceCatalog(List.of(SERVICES));

  private Shapes() {}

  static Schema service() {
    return SCHEMAS.schema(new GroupVersionKind("", "v1", "Service")).orElseThrow();
  }

  static Writer writer(String manager) {
    return new Writer(SERVICES, "", manager);
  }

  /** JSON with backquotes. */
  static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text.trim().replace('`', '"'));
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(text, malformed);
    }
  }

  /** A Service with these fields. */
  static ObjectNode service(String fields) {
    var service = Json.object().put("apiVersion", "v1").put("kind", "Service");
    service.putObject("metadata");
    return service.setAll((ObjectNode) json(fields));
  }
}
