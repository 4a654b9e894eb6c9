package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * One client that creates pods and deletes the one before, so that scheduler and kubelet write too.
 * It remembers what was acknowledged.
 */
final class PodClient {
  private final Map<String, String> uidByName = new HashMap<>();
  private final Set<String> deleted = new HashSet<>();
  private String deletionUnderWay = "";
  private int next;

  /**
   * @param acknowledgements counted down at each creation
   * @throws ApiException the server refused what it must not refuse
   */
  void writeUntilKilled(ApiClient api, CountDownLatch acknowledgements) {
    try {
      while (true) {
        var name = "pod-" + next++;
        var created = api.create(Resources.PODS, pod(name));
        uidByName.put(name, created.at("/metadata/uid").asText());
        acknowledgements.countDown();
        var before = "pod-" + (next - 2);
        if (uidByName.containsKey(before)) {
          delete(api, before);
        }
      }
    } catch (ApiException gone) {
      if (gone.reason() != StatusReason.SERVICE_UNAVAILABLE) {
        throw gone;
      }
    }
  }

  private void delete(ApiClient api, String name) {
    deletionUnderWay = name;
    api.delete(Resources.PODS, new ObjectKey("default", name), DeleteOptions.grace(1));
    uidByName.remove(name);
    deleted.add(name);
    deletionUnderWay = "";
  }

  /** Compares with what is there now, and goes on from that. */
  void check(Map<String, ObjectNode> pods, String when) {
    if (isDeleted(pods.get(deletionUnderWay)) && uidByName.remove(deletionUnderWay) != null) {
      deleted.add(deletionUnderWay);
    }
    uidByName.forEach(
        (name, uid) -> {
          assertNotNull(pods.get(name), when + ": " + name + " is lost");
          assertEquals(uid, pods.get(name).at("/metadata/uid").asText(), when);
        });
    for (var name : deleted) {
      assertTrue(isDeleted(pods.get(name)), when + ": " + name + " was deleted");
    }
    deletionUnderWay = "";
  }

  private static boolean isDeleted(ObjectNode pod) {
    return pod == null || pod.at("/metadata").has("deletionTimestamp");
  }

  private static ObjectNode pod(String name) {
    var pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", name).put("namespace", "default");
    var container = pod.putObject("spec").putArray("containers").addObject();
    container.put("name", "main").put("image", "busybox:1.36");
    return pod;
  }
}
