package io.jkube.apiserver.review;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.apiserver.authn.ApiAudience;
import io.jkube.apiserver.authn.TokenAuthenticator;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.negotiate.BodyReader;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.TreeDocument;
import io.jkube.registry.Tree;

/** Whose token is this, and is it meant for me? Asked by those who receive tokens from others. */
public record TokenReviews(Mutations mutations, TokenAuthenticator tokens) implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var review = BodyReader.object(call);
    mutations.check(call, call.definition().kind(), review);
    var token = text(review, "/spec/token");
    if (token.isEmpty()) {
      throw ApiException.badRequest("token is required for TokenReview in authentication");
    }
    Tree.child(review, "metadata");
    answer(token, Tree.child(review, "spec"), review.putObject("status"));
    return call.created(new TreeDocument(review));
  }

  private void answer(String token, ObjectNode spec, ObjectNode status) {
    var asked = Tree.texts(spec, "/audiences");
    var known = tokens.authenticate(token, asked.isEmpty() ? ApiAudience.AUDIENCES : asked);
    if (known.isEmpty()) {
      status.putObject("user");
      status.put("error", "[invalid bearer token, unknown or not meant for these audiences]");
      return;
    }
    status.put("authenticated", true);
    status.set("user", UserFields.of(known.get().user().authenticated()));
    known.get().audiences().forEach(status.putArray("audiences")::add);
  }
}
