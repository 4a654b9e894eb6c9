package io.jkube.apiserver.handler;

import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.mutation.DeleteOptions;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.negotiate.ListQuery;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.storage.ListOptions;
import io.jkube.apiserver.storage.Listing;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.StoredObject;
import io.jkube.registry.Tree;
import java.util.ArrayList;

/** DELETE of a collection, or of what selectors leave of it. Answers the list of what it met. */
public record DeleteCollection(ObjectStore objects, Mutations mutations, Presenter presenter)
    implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var options = DeleteOptions.of(call.request());
    var met = objects.list(ListQuery.selection(call), ListOptions.NEWEST);
    var deleted = new ArrayList<StoredObject>();
    for (var object : met.items()) {
      deleteIfThere(call, object, options, deleted);
    }
    return call.ok(presenter.list(call, new Listing(deleted, met.revision(), "", 0)));
  }

  private void deleteIfThere(
      ResourceCall call,
      StoredObject object,
      DeleteOptions options,
      java.util.List<StoredObject> deleted) {
    var key =
        new ObjectKey(
            Tree.text(object.tree(), "/metadata/namespace"),
            Tree.text(object.tree(), "/metadata/name"));
    try {
      deleted.add(mutations.delete(call, key, options).object());
    } catch (ApiException gone) {
      if (gone.reason() != StatusReason.NOT_FOUND) {
        throw gone;
      }
    }
  }
}
