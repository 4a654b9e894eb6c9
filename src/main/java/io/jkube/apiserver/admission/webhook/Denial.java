package io.jkube.apiserver.admission.webhook;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;

/** What a client reads when a webhook refuses its write, or cannot be asked. */
final class Denial {
  private static final int LEAST_CODE = 400;

  private Denial() {}

  /** The webhook's own status, made a failure where it is none. */
  static ApiException of(String webhook, JsonNode said) {
    var status = said instanceof ObjectNode own ? own.deepCopy() : Json.object();
    var denied = "admission webhook \"" + webhook + "\" denied the request";
    var message = text(status, "/message");
    var why = message.isEmpty() ? text(status, "/reason") : message;
    var full = Json.object().put("kind", "Status").put("apiVersion", "v1");
    full.putObject("metadata");
    full.setAll(status);
    if (!text(full, "/status").equals("Failure")) {
      full.put("status", "Failure");
    }
    full.put("message", why.isEmpty() ? denied + " without explanation" : denied + ": " + why);
    full.put("code", Math.max(LEAST_CODE, status.path("code").asInt()));
    return ApiException.ofStatus(full);
  }

  static ApiException noDryRun(String webhook) {
    return ApiException.badRequest(
        "admission webhook \"" + webhook + "\" does not support dry run");
  }
}
