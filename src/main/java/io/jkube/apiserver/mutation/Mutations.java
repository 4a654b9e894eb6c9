package io.jkube.apiserver.mutation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.ObjectKey;
import io.jkube.apiserver.admission.AdmissionChain;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.AdmissionRequest.Operation;
import io.jkube.apiserver.fields.Configuration;
import io.jkube.apiserver.fields.FieldOwnership;
import io.jkube.apiserver.fields.ScaleApply;
import io.jkube.apiserver.fields.ServerSideApply;
import io.jkube.apiserver.fields.Writer;
import io.jkube.apiserver.request.Document;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.StoredObject;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.schema.SchemaSource;
import io.jkube.trace.PodTraces;
import java.time.InstantSource;

/** Creates, updates and deletes objects: what the verbs that write have in common. Thread-safe. */
public final class Mutations {
  private final Creation creation;
  private final Update update;
  private final Deletion deletion;
  private final FieldValidation fields;
  private final Applying applying;
  private final AdmissionChain admission;
  private final ScaleApply scales;

  public Mutations(
      ObjectStore objects,
      ResourceCatalog catalog,
      SchemaSource schemas,
      AdmissionChain admission,
      InstantSource clock,
      PodTraces traces) {
    this.admission = admission;
    this.fields = new FieldValidation(schemas);
    var namespaces = new NamespaceLifecycle(objects);
    var defaults = new Defaults(schemas);
    var others = new OtherObjects(objects, catalog);
    var ownership = new FieldOwnership(schemas, catalog, clock);
    this.creation =
        new Creation(
            objects, fields, namespaces, defaults, ownership, admission, others, clock, traces);
    this.update = new Update(objects, fields, defaults, ownership, admission, others);
    var serverSide = new ServerSideApply(schemas, catalog, ownership, clock);
    this.applying = new Applying(objects, creation, update, serverSide);
    this.scales = new ScaleApply(serverSide);
    this.deletion = new Deletion(objects, namespaces, admission, clock);
  }

  /**
   * @param object the client's; changed on the way
   * @return what stands in the store now, or would, in a dry run
   * @throws io.jkube.api.ApiException AlreadyExists, Invalid, NotFound for its namespace, ...
   */
  public Document create(ResourceCall call, ObjectNode object) {
    return creation.create(call, object);
  }

  /**
   * Asks the admission plugins about what a subresource is to do that takes a body of its own.
   *
   * @throws io.jkube.api.ApiException when one refuses
   */
  public void admitSubresource(ResourceCall call, ObjectNode body) {
    admitBody(Operation.CREATE, call, body);
  }

  /**
   * Asks the admission plugins about a stream or a proxied request.
   *
   * @param options what the client asks of it, as {@code PodExecOptions}
   * @throws io.jkube.api.ApiException when one refuses
   */
  public void admitConnect(ResourceCall call, ObjectNode options) {
    admitBody(Operation.CONNECT, call, options);
  }

  private void admitBody(Operation operation, ResourceCall call, ObjectNode body) {
    var request =
        new AdmissionRequest(
            operation, call, call.info().name(), body, null, AdmissionRequest.Rework.NONE);
    admission.admit(request);
    admission.validate(request).close();
  }

  /**
   * Holds a body that is answered instead of stored against the schema of its kind.
   *
   * @throws io.jkube.api.ApiException BadRequest
   */
  public void check(ResourceCall call, GroupVersionKind kind, ObjectNode body) {
    var apiVersion = body.path("apiVersion").asText();
    var name = body.path("kind").asText();
    if (!apiVersion.isEmpty() && !apiVersion.equals(kind.apiVersion())
        || !name.isEmpty() && !name.equals(kind.kind())) {
      throw io.jkube.api.ApiException.badRequest(
          "%s in version \"%s\" cannot be handled as a %s"
              .formatted(name, apiVersion, kind.kind()));
    }
    body.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
    fields.check(call, kind, body);
  }

  /**
   * @throws io.jkube.api.ApiException NotFound, Conflict, Invalid, ...
   */
  public Document update(ResourceCall call, Part part, Change change) {
    return update.update(call, part, change);
  }

  /**
   * Brings the object, which may not exist yet, to what an applier wants.
   *
   * @throws io.jkube.api.ApiException Conflict where others manage a field, NotFound for a part of
   *     an object that is not there, Invalid, ...
   */
  public Applied apply(ResourceCall call, Part part, Configuration configuration) {
    return applying.apply(call, part, configuration);
  }

  /**
   * Brings the object to what an applier wants of its Scale.
   *
   * @throws io.jkube.api.ApiException as {@link #apply}
   */
  public Document applyScale(ResourceCall call, ScaleApply.View view, Configuration scale) {
    return update.apply(
        call, Part.MAIN, current -> scales.apply(Writer.of(call), current, view, scale));
  }

  /**
   * What an apply came to.
   *
   * @param created whether it was not there before
   */
  public record Applied(Document object, boolean created) {}

  /**
   * @throws io.jkube.api.ApiException NotFound, Conflict for a precondition, Forbidden
   */
  public Deleted delete(ResourceCall call, ObjectKey key, DeleteOptions options) {
    var outcome = deletion.delete(call, key, options);
    return new Deleted(outcome.object(), outcome.gone());
  }

  /**
   * Deletes what was already admitted in another form.
   *
   * @throws io.jkube.api.ApiException NotFound, Conflict for a precondition
   */
  public Deleted deleteAdmitted(ResourceCall call, ObjectKey key, DeleteOptions options) {
    var outcome = deletion.deleteAdmitted(call, key, options);
    return new Deleted(outcome.object(), outcome.gone());
  }

  /**
   * What a deletion came to.
   *
   * @param object as it reads after the call
   * @param gone whether it is not there any more
   */
  public record Deleted(StoredObject object, boolean gone) {}
}
