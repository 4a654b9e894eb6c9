package io.jkube.apiserver.mutation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.Timestamps;
import io.jkube.apiserver.admission.AdmissionChain;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.StoredObject;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Tree;
import io.jkube.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Ends an object's life: at once, or by marking it and leaving the rest to those who hold it (a
 * kubelet for its grace period, controllers by their finalizers).
 */
final class Deletion {
  private final ObjectStore objects;
  private final NamespaceLifecycle namespaces;
  private final AdmissionChain admission;
  private final InstantSource clock;

  Deletion(
      ObjectStore objects,
      NamespaceLifecycle namespaces,
      AdmissionChain admission,
      InstantSource clock) {
    this.objects = objects;
    this.namespaces = namespaces;
    this.admission = admission;
    this.clock = clock;
  }

  /**
   * @param object as it reads after the call
   * @param gone whether it is not there any more
   */
  record Outcome(StoredObject object, boolean gone) {}

  Outcome delete(ResourceCall call, ObjectKey key, DeleteOptions options) {
    return delete(call, key, options, admission);
  }

  /** A deletion that was admitted in another form, as an eviction. */
  Outcome deleteAdmitted(ResourceCall call, ObjectKey key, DeleteOptions options) {
    return delete(call, key, options, AdmissionChain.NONE);
  }

  private Outcome delete(
      ResourceCall call, ObjectKey key, DeleteOptions options, AdmissionChain admission) {
    namespaces.admitDelete(call, key);
    while (true) {
      var current = objects.require(call.resource(), key);
      var request = AdmissionRequest.deletion(call, key.name(), current.tree(), options.tree());
      admission.admit(request);
      checkPreconditions(call, key, options, current);
      admission.validate(request).close();
      try {
        return step(call, key, options, current);
      } catch (StoreException.RevisionMismatch faster) {
        if (!options.resourceVersion().isEmpty()) {
          throw ApiException.conflict(call.resource(), key.name(), Update.MODIFIED);
        }
      }
    }
  }

  private Outcome step(
      ResourceCall call, ObjectKey key, DeleteOptions options, StoredObject current) {
    var definition = call.definition();
    long grace =
        definition.strategy().gracePeriodSeconds(current.tree(), options.gracePeriodSeconds());
    var next = current.tree().deepCopy();
    markPropagation(definition, options.propagation(), Placement.metadata(next));
    boolean held = isHeld(definition, next);
    if (grace == 0 && !held) {
      return options.dryRun()
          ? new Outcome(current, true)
          : new Outcome(objects.remove(current), true);
    }
    mark(definition, next, grace, clock.instant());
    if (options.dryRun()) {
      return new Outcome(current, false);
    }
    return new Outcome(objects.replace(definition, key, current, next), false);
  }

  /** Whether something other than the grace period keeps the object. */
  private static boolean isHeld(ResourceDefinition definition, ObjectNode object) {
    return object.at("/metadata/finalizers").size() > 0 || definition.strategy().heldByMore(object);
  }

  /** Whether an object that was marked for deletion has nothing to wait for any more. */
  static boolean isFinished(ResourceDefinition definition, ObjectNode object) {
    var metadata = object.path("metadata");
    return metadata.hasNonNull("deletionTimestamp")
        && metadata.path("deletionGracePeriodSeconds").asLong() == 0
        && !isHeld(definition, object);
  }

  /** Marks it, or shortens the time an earlier mark gave it. */
  private static void mark(
      ResourceDefinition definition, ObjectNode object, long grace, Instant now) {
    var metadata = Placement.metadata(object);
    if (!metadata.hasNonNull("deletionTimestamp")) {
      metadata.put("deletionTimestamp", Timestamps.seconds(now.plusSeconds(grace)));
      metadata.put("deletionGracePeriodSeconds", grace);
      raiseGeneration(metadata);
      definition.strategy().prepareForDelete(object);
      return;
    }
    long before = metadata.path("deletionGracePeriodSeconds").asLong();
    if (grace >= before) {
      return;
    }
    var asked = Timestamps.parse(metadata.path("deletionTimestamp").asText()).minusSeconds(before);
    var sooner = asked.plusSeconds(grace);
    metadata.put("deletionTimestamp", Timestamps.seconds(sooner.isBefore(now) ? now : sooner));
    metadata.put("deletionGracePeriodSeconds", grace);
  }

  private static void raiseGeneration(ObjectNode metadata) {
    if (metadata.path("generation").asLong() > 0) {
      metadata.put("generation", metadata.path("generation").asLong() + 1);
    }
  }

  private static void markPropagation(
      ResourceDefinition definition, DeleteOptions.Propagation propagation, ObjectNode metadata) {
    switch (propagation) {
      case UNSAID -> {
        if (definition.strategy().orphansByDefault()
            && !Tree.texts(metadata, "/finalizers").contains("foregroundDeletion")) {
          setFinalizers(metadata, "orphan");
        }
      }
      case BACKGROUND -> setFinalizers(metadata, "");
      case FOREGROUND -> setFinalizers(metadata, "foregroundDeletion");
      case ORPHAN -> setFinalizers(metadata, "orphan");
    }
  }

  /** Leaves at most this one of the garbage collector's finalizers. */
  private static void setFinalizers(ObjectNode metadata, String wanted) {
    var others = Tree.texts(metadata, "/finalizers").stream().filter(Deletion::isNoPropagation);
    ArrayNode finalizers = metadata.arrayNode();
    others.forEach(finalizers::add);
    if (!wanted.isEmpty()) {
      finalizers.add(wanted);
    }
    if (finalizers.isEmpty()) {
      metadata.remove("finalizers");
    } else {
      metadata.set("finalizers", finalizers);
    }
  }

  private static boolean isNoPropagation(String finalizer) {
    return !finalizer.equals("orphan") && !finalizer.equals("foregroundDeletion");
  }

  private static void checkPreconditions(
      ResourceCall call, ObjectKey key, DeleteOptions options, StoredObject current) {
    var uid = Tree.text(current.tree(), "/metadata/uid");
    if (!options.uid().isEmpty() && !options.uid().equals(uid)) {
      throw failed(call, key, "UID", options.uid(), uid);
    }
    var version = Long.toString(current.revision());
    if (!options.resourceVersion().isEmpty() && !options.resourceVersion().equals(version)) {
      throw failed(call, key, "ResourceVersion", options.resourceVersion(), version);
    }
  }

  private static ApiException failed(
      ResourceCall call, ObjectKey key, String what, String asked, String found) {
    return ApiException.conflict(
        call.resource(),
        key.name(),
        "Precondition failed: "
            + what
            + " in precondition: "
            + asked
            + ", "
            + what
            + " in object meta: "
            + found);
  }
}
