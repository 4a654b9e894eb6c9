package io.jkube.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.request.ApiRequest;
import java.util.List;

/** The options of a write as upstream hands them to webhooks and policies. */
public final class OperationOptions {
  private OperationOptions() {}

  /** {@code CreateOptions}, {@code UpdateOptions}, {@code PatchOptions}, {@code DeleteOptions}. */
  public static ObjectNode of(AdmissionRequest request) {
    if (request.deletion() != null) {
      return request.deletion();
    }
    var asked = request.call().request();
    var options = Json.object().put("kind", kind(request)).put("apiVersion", "meta.k8s.io/v1");
    if (asked.has("dryRun")) {
      asked.query().getOrDefault("dryRun", List.of()).forEach(options.putArray("dryRun")::add);
    }
    put(options, asked, "fieldManager");
    put(options, asked, "fieldValidation");
    if (asked.has("force")) {
      options.put("force", asked.flag("force"));
    }
    return options;
  }

  private static String kind(AdmissionRequest request) {
    return switch (request.call().info().verb()) {
      case "patch" -> "PatchOptions";
      case "update" -> "UpdateOptions";
      default -> "CreateOptions";
    };
  }

  private static void put(ObjectNode options, ApiRequest asked, String name) {
    if (!asked.parameter(name).isEmpty()) {
      options.put(name, asked.parameter(name));
    }
  }
}
