package io.jkube.registry.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Writes calls into the paths of a document. One document's. */
final class OperationWriter {
  private static final List<String> PATCHES =
      List.of(
          "application/apply-patch+yaml",
          "application/json-patch+json",
          "application/merge-patch+json",
          "application/strategic-merge-patch+json");
  private static final List<String> CUSTOM_PATCHES = PATCHES.subList(0, 3);
  private static final String RESOURCE_LIST =
      "io.k8s.apimachinery.pkg.apis.meta.v1.APIResourceList";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final List<String> ANSWERS =
      List.of("application/json", "application/yaml", PROTOBUF);

  /** Custom resources have no protobuf form. */
  private static final List<String> CUSTOM_ANSWERS = ANSWERS.subList(0, 2);

  private final ObjectNode paths;
  private final SchemaWriter schemas;
  private final Dialect dialect;

  OperationWriter(ObjectNode paths, SchemaWriter schemas, Dialect dialect) {
    this.paths = paths;
    this.schemas = schemas;
    this.dialect = dialect;
  }

  void write(String path, Operation operation) {
    var item = paths.get(path) instanceof ObjectNode found ? found : newPath(path, operation);
    var node = item.putObject(operation.method());
    node.putArray("tags").add(tag(path));
    node.put("description", operation.description()).put("operationId", operation.id());
    var parameters = Json.array();
    operation.query().addTo(parameters, dialect);
    var patches = schemas.isCustom(operation.kind()) ? CUSTOM_PATCHES : PATCHES;
    boolean patch = operation.method().equals("patch");
    if (dialect == Dialect.V2) {
      node.putArray("consumes").addAll(texts(patch ? patches : List.of("*/*")));
      node.putArray("produces")
          .addAll(texts(schemas.isCustom(operation.kind()) ? CUSTOM_ANSWERS : ANSWERS));
      if (!operation.body().isEmpty()) {
        parameters
            .addObject()
            .put("name", "body")
            .put("in", "body")
            .put("required", !isDelete(operation))
            .set("schema", schemas.reference(operation.body()));
      }
    } else if (!operation.body().isEmpty()) {
      requestBody(node, operation, patch ? patches : List.of("*/*"));
    }
    if (!parameters.isEmpty()) {
      node.set("parameters", parameters);
    }
    responses(node, operation);
    node.put("x-kubernetes-action", operation.action());
    node.set("x-kubernetes-group-version-kind", SchemaWriter.node(operation.kind()));
  }

  /** Writes the path that lists the resources of a group version; again and again the same. */
  void writeIndex(String path, String id) {
    if (paths.has(path)) {
      return;
    }
    var node = paths.putObject(path).putObject("get");
    node.putArray("tags").add(tag(path));
    node.put("description", "Lists the resources").put("operationId", id);
    if (dialect == Dialect.V2) {
      node.putArray("produces").addAll(texts(ANSWERS));
    }
    var responses = node.putObject("responses");
    var response = responses.putObject("200").put("description", "OK");
    if (dialect == Dialect.V2) {
      response.set("schema", schemas.reference(RESOURCE_LIST));
    } else {
      var content = response.putObject("content");
      ANSWERS.forEach(
          type -> content.putObject(type).set("schema", schemas.reference(RESOURCE_LIST)));
    }
    responses.putObject("401").put("description", "Unauthorized");
  }

  private ObjectNode newPath(String path, Operation operation) {
    var item = paths.putObject(path);
    var parameters = item.putArray("parameters");
    for (var name : List.of("name", "namespace", "path")) {
      if (path.contains("{" + name + "}")) {
        QueryParameters.add(parameters, dialect, "path", name, "string");
      }
    }
    if (!operation.action().equals("connect")) {
      QueryParameters.add(parameters, dialect, "query", "pretty", "string");
    }
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
    switch (operation.action()) {
      case "post" -> {
        response(responses.putObject("201"), "Created", operation);
        response(responses.putObject("202"), "Accepted", operation);
      }
      case "put", "patch" -> response(responses.putObject("201"), "Created", operation);
      case "delete" -> response(responses.putObject("202"), "Accepted", operation);
      default -> {}
    }
    responses.putObject("401").put("description", "Unauthorized");
  }

  private void response(ObjectNode response, String description, Operation operation) {
    response.put("description", description);
    if (dialect == Dialect.V2) {
      response.set("schema", answer(operation));
    } else {
      var content = response.putObject("content");
      types(operation).forEach(type -> content.putObject(type).set("schema", answer(operation)));
    }
  }

  private List<String> types(Operation operation) {
    if (schemas.isCustom(operation.kind())) {
      return CUSTOM_ANSWERS;
    }
    return switch (operation.action()) {
      case "connect" -> List.of("*/*");
      case "list" -> with("application/json;stream=watch", PROTOBUF + ";stream=watch");
      default -> operation.answer().isEmpty() ? with("text/plain") : ANSWERS;
    };
  }

  private static List<String> with(String... more) {
    return Stream.concat(ANSWERS.stream(), Stream.of(more)).toList();
  }

  private ObjectNode answer(Operation operation) {
    return operation.answer().isEmpty()
        ? Json.object().put("type", "string")
        : schemas.reference(operation.answer());
  }

  private static boolean isDelete(Operation operation) {
    return operation.method().equals("delete");
  }

  /** {@code core_v1}, {@code apps_v1}, {@code rbacAuthorization_v1}. */
  private static String tag(String path) {
    var parts = path.split("/");
    if (parts[1].equals("api")) {
      return "core_" + parts[2];
    }
    var tag = new StringBuilder();
    for (var word : parts[2].replace(".k8s.io", "").split("\\.")) {
      tag.append(
          tag.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return tag.append('_').append(parts[3]).toString();
  }

  private static List<com.fasterxml.jackson.databind.JsonNode> texts(List<String> words) {
    return words.stream()
        .<com.fasterxml.jackson.databind.JsonNode>map(Json.MAPPER.getNodeFactory()::textNode)
        .toList();
  }
}
