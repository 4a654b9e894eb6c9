package io.jkube.apiserver.handler;

import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.fields.WriteOptions;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.mutation.Part;
import io.jkube.apiserver.negotiate.BodyReader;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.patch.OwnTree;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;

/** PUT of an object, or of a part of it: what is sent replaces what is there. */
public record Update(Mutations mutations, Presenter presenter, Part part) implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    WriteOptions.check(call.request(), "UpdateOptions", false);
    var sent = BodyReader.object(call);
    try {
      var updated = mutations.update(call, part, current -> OwnTree.copy(sent));
      return call.ok(presenter.object(call, updated));
    } catch (ApiException missing) {
      if (missing.reason() != StatusReason.NOT_FOUND || !createsMissing(call)) {
        throw missing;
      }
      return call.created(presenter.object(call, mutations.create(call, sent)));
    }
  }

  private boolean createsMissing(ResourceCall call) {
    return part == Part.MAIN && call.definition().strategy().allowCreateOnUpdate();
  }
}
