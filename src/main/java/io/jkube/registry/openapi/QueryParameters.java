package io.jkube.registry.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jkube.api.Json;
import java.util.List;

/** The query parameters that a kind of call takes. */
enum QueryParameters {
  NONE(List.of()),
  WRITE(List.of("dryRun:string", "fieldManager:string", "fieldValidation:string")),
  PATCH(List.of("dryRun:string", "fieldManager:string", "fieldValidation:string", "force:boolean")),
  LIST(
      List.of(
          "allowWatchBookmarks:boolean",
          "continue:string",
          "fieldSelector:string",
          "labelSelector:string",
          "limit:integer",
          "resourceVersion:string",
          "resourceVersionMatch:string",
          "sendInitialEvents:boolean",
          "timeoutSeconds:integer",
          "watch:boolean")),
  DELETE(
      List.of(
          "dryRun:string",
          "gracePeriodSeconds:integer",
          "ignoreStoreReadErrorWithClusterBreakingPotential:boolean",
          "orphanDependents:boolean",
          "propagationPolicy:string")),
  DELETE_MANY(
      List.of(
          "continue:string",
          "dryRun:string",
          "fieldSelector:string",
          "gracePeriodSeconds:integer",
          "ignoreStoreReadErrorWithClusterBreakingPotential:boolean",
          "labelSelector:string",
          "limit:integer",
          "orphanDependents:boolean",
          "propagationPolicy:string",
          "resourceVersion:string",
          "resourceVersionMatch:string",
          "sendInitialEvents:boolean",
          "timeoutSeconds:integer")),
  LOG(
      List.of(
          "container:string",
          "follow:boolean",
          "insecureSkipTLSVerifyBackend:boolean",
          "limitBytes:integer",
          "previous:boolean",
          "sinceSeconds:integer",
          "stream:string",
          "tailLines:integer",
          "timestamps:boolean")),
  EXEC(
      List.of(
          "command:string",
          "container:string",
          "stderr:boolean",
          "stdin:boolean",
          "stdout:boolean",
          "tty:boolean")),
  ATTACH(
      List.of(
          "container:string", "stderr:boolean", "stdin:boolean", "stdout:boolean", "tty:boolean")),
  PORTS(List.of("ports:integer")),
  PATH(List.of("path:string"));

  private final List<String> namesAndTypes;

  QueryParameters(List<String> namesAndTypes) {
    this.namesAndTypes = namesAndTypes;
  }

  /** Adds them in the shape of the dialect. */
  void addTo(ArrayNode parameters, Dialect dialect) {
    for (var each : namesAndTypes) {
      int colon = each.indexOf(':');
      add(parameters, dialect, "query", each.substring(0, colon), each.substring(colon + 1));
    }
  }

  static void add(ArrayNode parameters, Dialect dialect, String in, String name, String type) {
    var parameter = parameters.addObject().put("name", name).put("in", in);
    if (in.equals("path")) {
      parameter.put("required", true);
    }
    if (dialect == Dialect.V3) {
      parameter.set("schema", Json.object().put("type", type).put("uniqueItems", true));
    } else {
      parameter.put("type", type).put("uniqueItems", true);
    }
  }
}
