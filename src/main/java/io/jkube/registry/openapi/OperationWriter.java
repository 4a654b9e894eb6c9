package io.jkube.registry.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.List;

/** Writes calls into the paths of a document. One document's. */
final class OperationWriter {
  private static final List<String> PATCHES =
      List.of(
          "application/apply-patch+yaml",
          "application/json-patch+json",
          "application/merge-patch+json",
          "application/strategic-merge-patch+json");
  private static final List<String> ANSWERS =
      List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");

  private final ObjectNode paths;
  private final SchemaWriter schemas;
  private final Dialect dialect;

  OperationWriter(ObjectNode paths, SchemaWriter schemas, Dialect dialect) {
    this.paths = paths;
    this.schemas = schemas;
    this.dialect = dialect;
  }

  void write(String path, Operation operation) {
    var item = paths.get(path) instanceof ObjectNode found ? found : newPath(path);
    var node = item.putObject(operation.method());
    node.putArray("tags").add(tag(operation));
    node.put("description", operation.description()).put("operationId", operation.id());
    var parameters = Json.array();
    operation.query().addTo(parameters, dialect);
    boolean patch = operation.method().equals("patch");
    if (dialect == Dialect.V2) {
      node.putArray("consumes").addAll(texts(patch ? PATCHES : List.of("*/*")));
      node.putArray("produces").addAll(texts(ANSWERS));
      if (!operation.body().isEmpty()) {
        parameters
            .addObject()
            .put("name", "body")
            .put("in", "body")
            .put("required", !isDelete(operation))
            .set("schema", schemas.reference(operation.body()));
      }
    } else if (!operation.body().isEmpty()) {
      requestBody(node, operation, patch ? PATCHES : List.of("*/*"));
    }
    if (!parameters.isEmpty()) {
      node.set("parameters", parameters);
    }
    responses(node, operation);
    node.put("x-kubernetes-action", operation.action());
    node.set("x-kubernetes-group-version-kind", SchemaWriter.node(operation.kind()));
  }

  private ObjectNode newPath(String path) {
    var item = paths.putObject(path);
    var parameters = item.putArray("parameters");
    for (var name : List.of("name", "namespace", "path")) {
      if (path.contains("{" + name + "}")) {
        QueryParameters.add(parameters, dialect, "path", name, "string");
      }
    }
    QueryParameters.add(parameters, dialect, "query", "pretty", "string");
    return item;
  }

  private void requestBody(ObjectNode node, Operation operation, List<String> types) {
    var body = node.putObject("requestBody");
    var content = body.putObject("content");
    types.forEach(
        type -> content.putObject(type).set("schema", schemas.reference(operation.body())));
    if (!isDelete(operation)) {
      body.put("required", true);
    }
  }

  private void responses(ObjectNode node, Operation operation) {
    var responses = node.putObject("responses");
    response(responses.putObject("200"), "OK", operation);
    if (operation.method().equals("post") || operation.method().equals("put")) {
      response(responses.putObject("201"), "Created", operation);
    }
    responses.putObject("401").put("description", "Unauthorized");
  }

  private void response(ObjectNode response, String description, Operation operation) {
    response.put("description", description);
    if (dialect == Dialect.V2) {
      response.set("schema", answer(operation));
    } else if (operation.answer().isEmpty()) {
      response.putObject("content").putObject("text/plain").set("schema", answer(operation));
    } else {
      var content = response.putObject("content");
      ANSWERS.forEach(type -> content.putObject(type).set("schema", answer(operation)));
    }
  }

  private ObjectNode answer(Operation operation) {
    return operation.answer().isEmpty()
        ? Json.object().put("type", "string")
        : schemas.reference(operation.answer());
  }

  private static boolean isDelete(Operation operation) {
    return operation.method().equals("delete");
  }

  /** {@code core_v1}, {@code apps_v1}. */
  private static String tag(Operation operation) {
    var group = operation.kind().group().split("\\.")[0];
    return (group.isEmpty() ? "core" : group) + "_" + operation.kind().version();
  }

  private static List<com.fasterxml.jackson.databind.JsonNode> texts(List<String> words) {
    return words.stream()
        .<com.fasterxml.jackson.databind.JsonNode>map(Json.MAPPER.getNodeFactory()::textNode)
        .toList();
  }
}
