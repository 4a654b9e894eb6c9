package io.jkube.apiserver.mutation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.apiserver.admission.AdmissionChain;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.AdmissionRequest.Operation;
import io.jkube.apiserver.fields.FieldOwnership;
import io.jkube.apiserver.fields.Unchanged;
import io.jkube.apiserver.fields.Writer;
import io.jkube.apiserver.request.Document;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.TreeDocument;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.StoredObject;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.store.StoreException;
import java.util.List;
import java.util.Optional;

/** Brings an object into its next state. */
final class Update {
  /** So often an update that names no revision starts over when others are faster. */
  private static final int MAX_TRIES = 20;

  static final String MODIFIED =
      "the object has been modified; please apply your changes to the latest version and try again";

  /** Metadata that stays as it is whatever a client sends. */
  private static final List<String> KEPT =
      List.of(
          "uid",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "generation",
          "generateName");

  private final ObjectStore objects;
  private final FieldValidation fields;
  private final Defaults defaults;
  private final FieldOwnership ownership;
  private final AdmissionChain admission;
  private final StoredObjects others;

  Update(
      ObjectStore objects,
      FieldValidation fields,
      Defaults defaults,
      FieldOwnership ownership,
      AdmissionChain admission,
      StoredObjects others) {
    this.objects = objects;
    this.fields = fields;
    this.defaults = defaults;
    this.ownership = ownership;
    this.admission = admission;
    this.others = others;
  }

  /**
   * @param part which part of the object the request is about
   * @throws ApiException NotFound, Conflict, Invalid
   */
  Document update(ResourceCall call, Part part, Change change) {
    return update(call, part, change, false);
  }

  /**
   * @param apply makes the next state with its managedFields
   */
  Document apply(ResourceCall call, Part part, Change apply) {
    return update(call, part, apply, true);
  }

  private Document update(ResourceCall call, Part part, Change change, boolean applied) {
    for (int tries = 1; ; tries++) {
      var current = objects.require(call.resource(), call.key());
      var next = change.apply(current.tree());
      boolean named = checkPreconditions(call, next, current);
      var request = prepare(call, part, next, current.tree(), applied);
      try (var reserved = admission.validate(request)) {
        var written = commit(call, call.key(), current, next);
        reserved.keep();
        return written;
      } catch (StoreException.RevisionMismatch faster) {
        if (named || tries == MAX_TRIES) {
          throw ApiException.conflict(call.resource(), call.info().name(), MODIFIED);
        }
      }
    }
  }

  /** Whether the client said which revision it means. */
  private static boolean checkPreconditions(
      ResourceCall call, ObjectNode next, StoredObject current) {
    var metadata = Placement.metadata(next);
    var uid = metadata.path("uid").asText();
    var currentUid = Tree.text(current.tree(), "/metadata/uid");
    if (!uid.isEmpty() && !uid.equals(currentUid)) {
      throw ApiException.conflict(
          call.resource(),
          call.info().name(),
          "Precondition failed: UID in precondition: "
              + uid
              + ", UID in object meta: "
              + currentUid);
    }
    var asked = metadata.path("resourceVersion").asText();
    if (asked.isEmpty() || asked.equals("0")) {
      return false;
    }
    if (!asked.equals(Long.toString(current.revision()))) {
      throw ApiException.conflict(call.resource(), call.info().name(), MODIFIED);
    }
    return true;
  }

  private AdmissionRequest prepare(
      ResourceCall call, Part part, ObjectNode next, ObjectNode current, boolean applied) {
    var definition = call.definition();
    var strategy = definition.strategy();
    Placement.settle(call, next);
    var managed = Placement.metadata(next).remove("managedFields");
    fields.check(call, next);
    keepMetadata(next, current);
    Placement.metadata(next).remove("selfLink");
    defaults.apply(definition, next);
    var metadata = Placement.metadata(next); // defaults may have made a new one
    if (part == Part.AS_IT_IS) {
      Tree.restore(metadata, (ObjectNode) current.get("metadata"), "managedFields");
    } else if (applied) {
      Optional.ofNullable(managed).ifPresent(own -> metadata.set("managedFields", own));
    } else {
      ownership.update(Writer.of(call), current, next, managed);
    }
    keepOtherParts(call, part, next, current);
    var rework = new Reworked(call, part, next, current);
    rework.admit();
    var request =
        new AdmissionRequest(operation(call), call, call.info().name(), next, current, rework);
    admission.admit(request);
    var violations = new Violations();
    if (part == Part.MAIN || part == Part.SUBRESOURCE || part == Part.AS_IT_IS) {
      raiseGeneration(call, next, current);
    }
    MetadataValidation.validate(definition, next, violations);
    MetadataValidation.validateUpdate(next, current, violations);
    switch (part) {
      case MAIN -> {
        strategy.validate(next, violations);
        strategy.validateUpdate(next, current, violations);
      }
      case STATUS, APPROVAL -> strategy.validateStatusUpdate(next, current, violations);
      case SUBRESOURCE ->
          strategy.validateSubresource(call.info().subresource(), next, current, violations);
      case AS_IT_IS -> {}
    }
    violations.throwIfAny(definition.kind(), call.info().name());
    return request;
  }

  /** What the request is not about stays as it is. */
  private static void keepOtherParts(
      ResourceCall call, Part part, ObjectNode next, ObjectNode current) {
    var strategy = call.definition().strategy();
    switch (part) {
      case MAIN -> strategy.prepareForUpdate(next, current);
      case STATUS -> {
        keepMetadataOnStatusUpdate(Placement.metadata(next), (ObjectNode) current.get("metadata"));
        strategy.prepareForStatusUpdate(next, current);
      }
      case APPROVAL -> {
        keepMetadataOnStatusUpdate(Placement.metadata(next), (ObjectNode) current.get("metadata"));
        strategy.prepareForApproval(next, current);
      }
      case SUBRESOURCE -> strategy.prepareForSubresource(call.info().subresource(), next, current);
      case AS_IT_IS -> {}
    }
  }

  private static void keepMetadata(ObjectNode next, ObjectNode current) {
    for (var field : KEPT) {
      Tree.restore(Placement.metadata(next), (ObjectNode) current.get("metadata"), field);
    }
  }

  /** The next state after a plugin changed it. */
  private final class Reworked implements AdmissionRequest.Rework {
    private final ResourceCall call;
    private final Part part;
    private final ObjectNode next;
    private final ObjectNode current;
    private final ObjectNode metadata;

    Reworked(ResourceCall call, Part part, ObjectNode next, ObjectNode current) {
      this.call = call;
      this.part = part;
      this.next = next;
      this.current = current;
      this.metadata = Placement.metadata(next);
    }

    @Override
    public void complete() {
      Placement.settle(call, next);
      Tree.restore(Placement.metadata(next), metadata, "managedFields");
      fields.prune(call.definition().kind(), next);
      keepMetadata(next, current);
      defaults.apply(call.definition(), next);
      keepOtherParts(call, part, next, current);
    }

    @Override
    public void admit() {
      if (part == Part.MAIN) {
        call.definition().strategy().admitUpdate(next, current, others);
      }
    }
  }

  /** What is posted to a subresource of an object is upstream's creation, of a binding, say. */
  private static Operation operation(ResourceCall call) {
    return call.info().verb().equals("create") ? Operation.CREATE : Operation.UPDATE;
  }

  /** Labels and annotations may be changed through the status; what decides over life may not. */
  private static void keepMetadataOnStatusUpdate(ObjectNode metadata, ObjectNode current) {
    Tree.restore(metadata, current, "finalizers");
    Tree.restore(metadata, current, "ownerReferences");
  }

  private static void raiseGeneration(ResourceCall call, ObjectNode next, ObjectNode current) {
    if (call.definition().hasGeneration()
        && call.definition().strategy().changesGeneration(next, current)) {
      long generation = current.at("/metadata/generation").asLong();
      Placement.metadata(next).put("generation", generation + 1);
    }
  }

  /** Writes the next state; an object that only its finalizers kept goes away with the last one. */
  private Document commit(ResourceCall call, ObjectKey key, StoredObject current, ObjectNode next) {
    boolean done = Deletion.isFinished(call.definition(), next);
    if (!done && Unchanged.isSame(next, current.tree())) {
      return current;
    }
    if (done && !call.dryRun()) {
      objects.remove(current);
    }
    if (done || call.dryRun()) {
      Placement.metadata(next).put("resourceVersion", Long.toString(current.revision()));
      return new TreeDocument(next);
    }
    return objects.replace(call.definition(), key, current, next);
  }
}
