package io.jkube.apiserver.mutation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.api.Timestamps;
import io.jkube.apiserver.admission.AdmissionChain;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.AdmissionRequest.Operation;
import io.jkube.apiserver.fields.FieldOwnership;
import io.jkube.apiserver.fields.Writer;
import io.jkube.apiserver.request.Document;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.TreeDocument;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.trace.PodTraces;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes an object of what a client sent. */
final class Creation {
  private static final int GENERATED_NAME_TRIES = 8;

  /** Metadata that only the server sets. */
  private static final List<String> SERVER_ONLY =
      List.of(
          "selfLink",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "resourceVersion",
          "generation");

  private final ObjectStore objects;
  private final FieldValidation fields;
  private final NamespaceLifecycle namespaces;
  private final Defaults defaults;
  private final FieldOwnership ownership;
  private final AdmissionChain admission;
  private final StoredObjects others;
  private final InstantSource clock;
  private final PodTraces traces;

  Creation(
      ObjectStore objects,
      FieldValidation fields,
      NamespaceLifecycle namespaces,
      Defaults defaults,
      FieldOwnership ownership,
      AdmissionChain admission,
      StoredObjects others,
      InstantSource clock,
      PodTraces traces) {
    this.objects = objects;
    this.fields = fields;
    this.namespaces = namespaces;
    this.defaults = defaults;
    this.ownership = ownership;
    this.admission = admission;
    this.others = others;
    this.clock = clock;
    this.traces = traces;
  }

  /**
   * @param object the client's; changed on the way
   * @return what stands in the store now, or would, in a dry run
   */
  Document create(ResourceCall call, ObjectNode object) {
    return create(call, object, false);
  }

  /**
   * @param object what an apply made of nothing, with its managedFields
   */
  Document createApplied(ResourceCall call, ObjectNode object) {
    return create(call, object, true);
  }

  private Document create(ResourceCall call, ObjectNode object, boolean applied) {
    Placement.settle(call, object);
    var metadata = Placement.metadata(object);
    if (!metadata.path("resourceVersion").asText().isEmpty()) {
      throw ApiException.badRequest("resourceVersion should not be set on objects to be created");
    }
    var base = metadata.path("generateName").asText();
    if (!metadata.path("name").asText().isEmpty() || base.isEmpty()) {
      return createNamed(call, object, applied);
    }
    for (int tries = 1; ; tries++) {
      metadata.put("name", NameGenerator.generate(base));
      try {
        return createNamed(call, object.deepCopy(), applied);
      } catch (ApiException taken) {
        if (taken.reason() != StatusReason.ALREADY_EXISTS || tries == GENERATED_NAME_TRIES) {
          throw taken;
        }
      }
    }
  }

  private Document createNamed(ResourceCall call, ObjectNode object, boolean applied) {
    var definition = call.definition();
    var strategy = definition.strategy();
    var metadata = Placement.metadata(object);
    var name = metadata.path("name").asText();
    namespaces.admitCreate(call, name);
    var managed = metadata.remove("managedFields");
    fields.check(call, object);
    setServerMetadata(call, metadata);
    defaults.apply(definition, object);
    if (applied) {
      Optional.ofNullable(managed)
          .ifPresent(own -> Placement.metadata(object).set("managedFields", own));
    } else {
      ownership.create(Writer.of(call), object, managed);
    }
    strategy.prepareForCreate(object, clock.instant());
    strategy.admitCreate(object, others);
    var request =
        new AdmissionRequest(
            Operation.CREATE, call, name, object, null, new Reworked(call, object));
    admission.admit(request);
    var violations = new Violations();
    MetadataValidation.validate(definition, object, violations);
    strategy.validateCreate(object, violations);
    violations.throwIfAny(definition.kind(), name);
    var key = new ObjectKey(call.namespace(), Placement.metadata(object).path("name").asText());
    try (var reserved = admission.validate(request)) {
      var created = store(call, key, object);
      reserved.keep();
      return created;
    }
  }

  private Document store(ResourceCall call, ObjectKey key, ObjectNode object) {
    if (call.dryRun()) {
      if (objects.get(call.resource(), key).isPresent()) {
        throw ApiException.alreadyExists(call.resource(), key.name());
      }
      return new TreeDocument(object);
    }
    return call.resource().equals(Resources.PODS)
        ? createTraced(call, key, object)
        : objects.create(call.definition(), key, object);
  }

  /** The new object after a plugin changed it: what is the server's to say stays. */
  private final class Reworked implements AdmissionRequest.Rework {
    private static final List<String> KEPT =
        List.of("uid", "creationTimestamp", "generation", "managedFields");

    private final ResourceCall call;
    private final ObjectNode object;
    private final ObjectNode metadata;

    Reworked(ResourceCall call, ObjectNode object) {
      this.call = call;
      this.object = object;
      this.metadata = Placement.metadata(object);
    }

    @Override
    public void complete() {
      var definition = call.definition();
      Placement.settle(call, object);
      var changed = Placement.metadata(object);
      changed.remove(SERVER_ONLY);
      KEPT.forEach(field -> Tree.restore(changed, metadata, field));
      fields.prune(definition.kind(), object);
      defaults.apply(definition, object);
      definition.strategy().prepareForCreate(object, clock.instant());
    }

    @Override
    public void admit() {
      call.definition().strategy().admitCreate(object, others);
    }
  }

  private Document createTraced(ResourceCall call, ObjectKey key, ObjectNode pod) {
    var uid = pod.at("/metadata/uid").asText();
    var user = call.user().name();
    traces.note(
        uid, "apiserver", "accepted", 0, "user", user, "client", call.request().userAgent());
    try {
      var stored = objects.create(call.definition(), key, pod);
      traces.note(uid, "apiserver", "stored", stored.revision());
      return stored;
    } catch (ApiException refused) {
      traces.note(uid, "apiserver", "refused", 0, "reason", refused.getMessage());
      throw refused;
    }
  }

  private void setServerMetadata(ResourceCall call, ObjectNode metadata) {
    metadata.remove(SERVER_ONLY);
    metadata.put("uid", UUID.randomUUID().toString());
    if (call.definition().hasGeneration()) {
      metadata.put("generation", 1);
    }
    metadata.put("creationTimestamp", Timestamps.seconds(clock.instant()));
  }
}
