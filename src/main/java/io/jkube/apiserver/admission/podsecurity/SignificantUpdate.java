package io.jkube.apiserver.admission.podsecurity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;

/** Whether an update of a pod changes what runs in it: other updates are always allowed. */
final class SignificantUpdate {
  private SignificantUpdate() {}

  static boolean is(JsonNode updated, JsonNode current) {
    for (var list : List.of("containers", "initContainers", "ephemeralContainers")) {
      var after = updated.path("spec").path(list);
      var before = new HashMap<String, String>();
      current
          .path("spec")
          .path(list)
          .forEach(each -> before.put(each.path("name").asText(), each.path("image").asText()));
      if (after.size() != before.size()) {
        return true;
      }
      for (var container : after) {
        var image = before.get(container.path("name").asText());
        if (!container.path("image").asText().equals(image)) {
          return true;
        }
      }
    }
    return false;
  }
}
