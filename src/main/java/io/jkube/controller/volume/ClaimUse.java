package io.jkube.controller.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.controller.runtime.ControllerRef;
import java.util.ArrayList;
import java.util.List;

/** Which claims a pod uses: those it names, and those made for it alone. */
final class ClaimUse {
  private ClaimUse() {}

  /** Of a pod and a claim of the same namespace. */
  static boolean uses(ObjectNode pod, ObjectNode claim) {
    var name = Json.key(claim).name();
    for (var volume : pod.path("spec").path("volumes")) {
      if (volume.path("persistentVolumeClaim").path("claimName").asText().equals(name)
          || volume.has("ephemeral") && ownName(pod, volume).equals(name) && isFor(pod, claim)) {
        return true;
      }
    }
    return false;
  }

  /** The names of all claims that a pod speaks of. */
  static List<String> names(ObjectNode pod) {
    var names = new ArrayList<String>();
    for (var volume : pod.path("spec").path("volumes")) {
      if (volume.has("persistentVolumeClaim")) {
        names.add(volume.path("persistentVolumeClaim").path("claimName").asText());
      } else if (volume.has("ephemeral")) {
        names.add(ownName(pod, volume));
      }
    }
    return names;
  }

  /** How the claim of a pod's own volume is called. */
  static String ownName(ObjectNode pod, JsonNode volume) {
    return Json.key(pod).name() + "-" + volume.path("name").asText();
  }

  static boolean isFor(ObjectNode pod, ObjectNode claim) {
    return ControllerRef.uidOf(claim).equals(pod.path("metadata").path("uid").asText());
  }
}
