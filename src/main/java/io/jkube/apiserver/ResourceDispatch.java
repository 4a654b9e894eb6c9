package io.jkube.apiserver;

import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.handler.Create;
import io.jkube.apiserver.handler.Delete;
import io.jkube.apiserver.handler.DeleteCollection;
import io.jkube.apiserver.handler.Get;
import io.jkube.apiserver.handler.List;
import io.jkube.apiserver.handler.Update;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.handler.Watch;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.mutation.Part;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.registry.ResourceDefinition;
import java.util.Map;

/** Which code answers which verb of which resource: the explicit list. */
final class ResourceDispatch {
  private final Map<String, Verb> verbs;

  ResourceDispatch(ObjectStore objects, Mutations mutations, Presenter presenter) {
    verbs =
        Map.of(
            "get", new Get(objects, presenter),
            "list", new List(objects, presenter),
            "watch", new Watch(objects, presenter),
            "create", new Create(mutations, presenter),
            "update", new Update(mutations, presenter, Part.MAIN),
            "delete", new Delete(mutations, presenter),
            "deletecollection", new DeleteCollection(objects, mutations, presenter));
  }

  Reply answer(ResourceCall call) {
    var info = call.info();
    if (call.definition().namespaced() && info.namespace().isEmpty() && needsNamespace(call)) {
      throw notAllowed();
    }
    if (!info.subresource().isEmpty()) {
      throw ApiException.notFound(call.resource(), info.name());
    }
    var verb = verbs.get(info.verb());
    boolean onObject = !info.name().isEmpty();
    if (verb == null || !serves(call.definition(), info.verb()) || onObject && create(call)) {
      throw notAllowed();
    }
    return verb.handle(call);
  }

  private static boolean needsNamespace(ResourceCall call) {
    return switch (call.info().verb()) {
      case "list", "watch" -> !call.info().name().isEmpty();
      default -> true;
    };
  }

  private static boolean create(ResourceCall call) {
    return call.info().verb().equals("create");
  }

  private static boolean serves(ResourceDefinition definition, String verb) {
    return definition.verbs().stream().anyMatch(served -> served.text().equals(verb));
  }

  static ApiException notAllowed() {
    return new ApiException(
        StatusReason.METHOD_NOT_ALLOWED,
        "the server does not allow this method on the requested resource");
  }
}
