package io.jkube.apiserver.handler;

import io.jkube.api.ApiException;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.StoredObject;
import java.util.Optional;

/** GET of one object. Answers 404 with a Status when there is none. */
public record Get(ObjectStore objects, Presenter presenter) implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var found =
        read(call).orElseThrow(() -> ApiException.notFound(call.resource(), call.info().name()));
    return call.ok(presenter.object(call, found));
  }

  private Optional<StoredObject> read(ResourceCall call) {
    var version = call.request().parameter("resourceVersion");
    if (version.isEmpty()) {
      return objects.get(call.resource(), call.key());
    }
    try {
      return objects.notBefore(call.resource(), call.key(), Long.parseLong(version));
    } catch (NumberFormatException malformed) {
      throw ApiException.badRequest("invalid resource version \"" + version + "\"");
    }
  }
}
