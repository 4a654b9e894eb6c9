package io.jkube.apiserver.handler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.mutation.DeleteOptions;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.request.Document;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.TreeDocument;

/**
 * DELETE of one object. Answers the object while something still holds it, and for some kinds also
 * when it is gone; else a Status of success.
 */
public record Delete(Mutations mutations, Presenter presenter) implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var options = DeleteOptions.of(call.request());
    var deleted = mutations.delete(call, call.key(), options);
    boolean answerObject = !deleted.gone() || call.definition().answersDeleted();
    return call.ok(
        answerObject ? presenter.object(call, deleted.object()) : success(call, deleted.object()));
  }

  private static Document success(ResourceCall call, Document object) {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    var details = status.put("status", "Success").putObject("details");
    details.put("name", call.info().name());
    if (!call.resource().group().isEmpty()) {
      details.put("group", call.resource().group());
    }
    details
        .put("kind", call.resource().resource())
        .put("uid", object.tree().at("/metadata/uid").asText());
    return new TreeDocument(status);
  }
}
