package io.jkube.apiserver.admission;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.apiserver.admission.AdmissionRequest.Operation;
import io.jkube.apiserver.authz.Authorizer;
import io.jkube.apiserver.subresource.ScaleOf;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.cel.CelEnvironment;
import io.jkube.registry.cel.function.AuthorizerFunctions;
import java.util.List;
import java.util.Map;

/**
 * A write as those see it that know the API only: a Scale where the path says so, a Binding, the
 * object in the version they know.
 *
 * @param kind of the object
 * @param seenAs the version of the resource
 * @param object null for a deletion
 * @param current null for a creation
 */
public record RequestView(
    AdmissionRequest request,
    ResourceDefinition seenAs,
    GroupVersionKind kind,
    ObjectNode object,
    ObjectNode current) {
  public static RequestView of(AdmissionRequest request, ResourceDefinition seenAs) {
    boolean creation = request.operation() == Operation.CREATE;
    var object = shown(request, seenAs, request.object());
    var current = shown(request, seenAs, creation ? null : request.current());
    var kind = object == null ? seenAs.kind() : kind(object, seenAs.kind());
    return new RequestView(request, seenAs, kind, object, current);
  }

  private static GroupVersionKind kind(ObjectNode object, GroupVersionKind otherwise) {
    var apiVersion = text(object, "/apiVersion");
    var kind = text(object, "/kind");
    if (apiVersion.isEmpty() || kind.isEmpty()) {
      return otherwise;
    }
    int slash = apiVersion.indexOf('/');
    return new GroupVersionKind(
        slash < 0 ? "" : apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
  }

  private static ObjectNode shown(
      AdmissionRequest request, ResourceDefinition seenAs, ObjectNode tree) {
    if (tree == null) {
      return null;
    }
    return switch (request.subresource()) {
      case "scale" -> new ScaleOf(request.call().definition()).of(tree);
      case "binding" -> binding(tree);
      case String other -> converted(request.call().definition(), seenAs, tree);
    };
  }

  private static ObjectNode binding(ObjectNode pod) {
    var binding = Json.object().put("kind", "Binding").put("apiVersion", "v1");
    binding
        .putObject("metadata")
        .put("name", text(pod, "/metadata/name"))
        .put("namespace", text(pod, "/metadata/namespace"))
        .put("uid", text(pod, "/metadata/uid"));
    binding.putObject("target").put("kind", "Node").put("name", text(pod, "/spec/nodeName"));
    return binding;
  }

  private static ObjectNode converted(
      ResourceDefinition from, ResourceDefinition to, ObjectNode tree) {
    return from.resource().equals(to.resource())
        ? tree
        : to.conversion().toServed(from.conversion().toStored(tree));
  }

  /**
   * What expressions read: {@code object}, {@code oldObject}, {@code request}, {@code authorizer};
   * no namespace.
   */
  public Map<String, Object> variables(Authorizer authorizer) {
    var authority = new RequestAuthority(authorizer, request.user());
    var document = RequestDocument.of("", this);
    document.remove(List.of("uid", "object", "oldObject"));
    return Map.of(
        "object",
        orNull(object),
        "oldObject",
        orNull(current),
        "request",
        document,
        "namespaceObject",
        NullNode.getInstance(),
        CelEnvironment.AUTHORIZER,
        authority,
        CelEnvironment.REQUEST_RESOURCE,
        AuthorizerFunctions.resource(authority, RequestAuthority.resourceOf(request)));
  }

  private static JsonNode orNull(ObjectNode tree) {
    return tree == null ? NullNode.getInstance() : tree;
  }

  /**
   * Puts a tree in the place of what is shown, and lets the server do its part again.
   *
   * @return whether the request's object changed
   */
  public boolean replaceObject(ObjectNode by) {
    var before = request.object().deepCopy();
    request.replaceObject(applied(by));
    request.rework().complete();
    return !before.equals(request.object());
  }

  /** The request's object after what is shown was changed to {@code changed}. */
  private ObjectNode applied(ObjectNode changed) {
    var own = request.call().definition();
    return switch (request.subresource()) {
      case "scale" -> new ScaleOf(own).applied(request.object(), changed);
      case "binding" -> request.object();
      case String other -> converted(seenAs, own, changed);
    };
  }
}
