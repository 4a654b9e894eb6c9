package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.LabelSelector;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.Patch;
import io.jkube.client.informer.Informer;
import io.jkube.controller.runtime.ControllerRef;
import io.jkube.controller.runtime.SharedInformers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which objects are an owner's: those it controls that its selector selects. An orphan that it
 * selects is adopted, one of its own that it does not select any more is let go.
 *
 * @param owned the resource of what is claimed
 * @param informer the copy of it, from {@link SharedInformers}
 */
record Claims(ApiClient client, GroupVersionResource owned, Informer<ObjectNode> informer) {

  /**
   * @param owner as the server has it or had it
   * @param ownerResource where to ask whether the owner is still there before it adopts
   */
  List<ObjectNode> claim(
      ObjectNode owner,
      GroupVersionKind ownerKind,
      GroupVersionResource ownerResource,
      LabelSelector selector) {
    return claim(owner, ownerKind, ownerResource, selector::selects);
  }

  /** As above, where more than labels tells what is the owner's. */
  List<ObjectNode> claim(
      ObjectNode owner,
      GroupVersionKind ownerKind,
      GroupVersionResource ownerResource,
      Predicate<ObjectNode> selector) {
    var uid = owner.path("metadata").path("uid").asText();
    var namespace = owner.path("metadata").path("namespace").asText();
    boolean deleting = PodState.isDeleting(owner);
    var claimed = new ArrayList<ObjectNode>();
    for (var object : informer.byIndex(SharedInformers.BY_CONTROLLER, uid)) {
      if (selector.test(object)) {
        claimed.add(object);
      } else if (!deleting) {
        release(object, uid);
      }
    }
    if (deleting) {
      return claimed;
    }
    boolean stillThere = false;
    for (var orphan : informer.byIndex(SharedInformers.BY_CONTROLLER, "")) {
      if (orphan.path("metadata").path("namespace").asText().equals(namespace)
          && !PodState.isDeleting(orphan)
          && selector.test(orphan)) {
        stillThere = stillThere || mayAdopt(owner, ownerResource, uid);
        if (stillThere && adopt(orphan, ControllerRef.to(ownerKind, owner))) {
          claimed.add(orphan);
        }
      }
    }
    return claimed;
  }

  /** Asks the server, as the copy may be older than the owner's deletion. */
  private boolean mayAdopt(ObjectNode owner, GroupVersionResource resource, String uid) {
    var fresh = client.find(resource, Json.key(owner));
    return fresh
        .filter(now -> now.path("metadata").path("uid").asText().equals(uid))
        .filter(now -> !PodState.isDeleting(now))
        .isPresent();
  }

  private boolean adopt(ObjectNode orphan, ObjectNode reference) {
    var patch = Json.object();
    var metadata = patch.putObject("metadata").put("uid", uid(orphan));
    metadata.putArray("ownerReferences").add(reference);
    return patched(orphan, patch);
  }

  private void release(ObjectNode object, String ownerUid) {
    var patch = Json.object();
    var metadata = patch.putObject("metadata").put("uid", uid(object));
    metadata.putArray("ownerReferences").addObject().put("$patch", "delete").put("uid", ownerUid);
    patched(object, patch);
  }

  /** False when the object is gone or another meanwhile. */
  private boolean patched(ObjectNode object, ObjectNode patch) {
    try {
      client.patch(owned, Json.key(object), Patch.strategic(patch));
      return true;
    } catch (ApiException refused) {
      if (refused.reason() == StatusReason.NOT_FOUND
          || refused.reason() == StatusReason.CONFLICT
          || refused.reason() == StatusReason.INVALID) {
        return false;
      }
      throw refused;
    }
  }

  private static String uid(ObjectNode object) {
    return object.path("metadata").path("uid").asText();
  }
}
