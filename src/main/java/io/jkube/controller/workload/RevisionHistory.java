package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.LabelSelector;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.controller.runtime.ControllerRef;
import io.jkube.controller.runtime.SharedInformers;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The templates that owners of one kind had so far, as ControllerRevisions. A template that was
 * there before is found again, as with {@code kubectl rollout undo}: its revision becomes the
 * newest.
 *
 * @param kind of the owners
 * @param resource of the owners
 * @param hashLabel the label of a revision that tells the hash in its name
 */
record RevisionHistory(
    ApiClient client,
    Claims claims,
    GroupVersionKind kind,
    GroupVersionResource resource,
    String hashLabel) {
  static final GroupVersionResource REVISIONS =
      new GroupVersionResource("apps", "v1", "controllerrevisions");

  /** The label of a pod that tells the revision of its template. */
  static final String POD_LABEL = "controller-revision-hash";

  private static final Comparator<ObjectNode> BY_NUMBER =
      Comparator.<ObjectNode>comparingLong(RevisionHistory::number)
          .thenComparing(each -> each.path("metadata").path("creationTimestamp").asText())
          .thenComparing(RevisionHistory::name);

  /**
   * The revision of the present template.
   *
   * @param collisions how often a name was found taken so far
   */
  record Present(ObjectNode revision, int collisions) {
    String name() {
      return RevisionHistory.name(revision);
    }
  }

  static RevisionHistory of(
      ApiClient client,
      SharedInformers informers,
      GroupVersionKind kind,
      GroupVersionResource resource,
      String hashLabel) {
    Informer<ObjectNode> copy = informers.of(REVISIONS);
    return new RevisionHistory(
        client, new Claims(client, REVISIONS, copy), kind, resource, hashLabel);
  }

  static String name(JsonNode revision) {
    return revision.path("metadata").path("name").asText();
  }

  static long number(JsonNode revision) {
    return revision.path("revision").asLong();
  }

  /** The owner's pod template as it was at that revision. */
  static ObjectNode template(JsonNode revision) {
    var template = (ObjectNode) revision.path("data").path("spec").path("template").deepCopy();
    template.remove("$patch");
    return template;
  }

  /** All revisions of the owner, the oldest first. */
  List<ObjectNode> of(ObjectNode owner) {
    var selector = LabelSelector.of(owner.path("spec").get("selector"));
    return claims.claim(owner, kind, resource, selector).stream().sorted(BY_NUMBER).toList();
  }

  /**
   * Makes the revision, or makes it the newest again, where it is not. An owner that is being
   * deleted gets none: its newest one, then.
   *
   * @param known all revisions of the owner, the oldest first
   */
  Present present(ObjectNode owner, List<ObjectNode> known) {
    int collisions = owner.path("status").path("collisionCount").asInt();
    if (PodState.isDeleting(owner)) {
      return new Present(known.getLast(), collisions);
    }
    var data = data(owner);
    long newest = known.isEmpty() ? 0 : number(known.getLast());
    var same = known.stream().filter(each -> each.path("data").equals(data)).toList();
    if (same.isEmpty()) {
      return create(owner, data, newest + 1, collisions);
    }
    var found = same.getLast();
    if (number(found) < newest) {
      var next = found.deepCopy().put("revision", newest + 1);
      found = client.update(REVISIONS, next);
    }
    return new Present(found, collisions);
  }

  /**
   * Deletes the oldest beyond those that are kept to go back to.
   *
   * @param known all revisions of the owner, the oldest first
   * @param inUse whether a revision must stay in any case
   */
  void forgetOldest(ObjectNode owner, List<ObjectNode> known, Predicate<ObjectNode> inUse) {
    int keep = owner.path("spec").path("revisionHistoryLimit").asInt(10);
    var unused = known.stream().filter(inUse.negate()).toList();
    unused.stream()
        .limit(Math.max(0, unused.size() - keep))
        .forEach(each -> client.resource(REVISIONS).delete(Json.key(each)));
  }

  /** What a revision keeps: a strategic merge patch that brings the template back. */
  private static ObjectNode data(ObjectNode owner) {
    var template = (ObjectNode) owner.path("spec").path("template").deepCopy();
    template.put("$patch", "replace");
    var data = Json.object();
    data.putObject("spec").set("template", template);
    return data;
  }

  /** Under a name made of the hash; where another template has that name, of another hash. */
  private Present create(ObjectNode owner, ObjectNode data, long number, int collisions) {
    for (int attempt = collisions; ; attempt++) {
      var revision = revision(owner, data, number, PodTemplateHash.of(data, attempt));
      try {
        return new Present(client.create(REVISIONS, revision), attempt);
      } catch (ApiException refused) {
        if (refused.reason() != StatusReason.ALREADY_EXISTS) {
          throw refused;
        }
      }
      var there = client.find(REVISIONS, Json.key(revision));
      if (there.isPresent() && isSame(there.get(), revision)) {
        return new Present(there.get(), attempt);
      }
    }
  }

  private static boolean isSame(ObjectNode one, ObjectNode other) {
    return one.path("data").equals(other.path("data"))
        && ControllerRef.uidOf(one).equals(ControllerRef.uidOf(other));
  }

  private ObjectNode revision(ObjectNode owner, ObjectNode data, long number, String hash) {
    var revision = Json.object().put("apiVersion", "apps/v1").put("kind", "ControllerRevision");
    var metadata = revision.putObject("metadata");
    metadata.put("name", name(owner) + "-" + hash);
    metadata.put("namespace", owner.path("metadata").path("namespace").asText());
    var labels = metadata.putObject("labels");
    if (owner.path("spec").path("template").path("metadata").path("labels")
        instanceof ObjectNode template) {
      labels.setAll(template.deepCopy());
    }
    labels.put(hashLabel, hash);
    if (owner.path("metadata").path("annotations") instanceof ObjectNode annotations) {
      metadata.set("annotations", annotations.deepCopy());
    }
    metadata.putArray("ownerReferences").add(ControllerRef.to(kind, owner));
    revision.set("data", data);
    return revision.put("revision", number);
  }
}
