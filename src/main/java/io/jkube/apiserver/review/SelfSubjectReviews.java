package io.jkube.apiserver.review;

import io.jkube.api.Timestamps;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.negotiate.BodyReader;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.TreeDocument;
import io.jkube.registry.Tree;
import java.time.InstantSource;

/** Who am I? As authentication sees the caller. */
public record SelfSubjectReviews(Mutations mutations, InstantSource clock) implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var review = BodyReader.object(call);
    mutations.check(call, call.definition().kind(), review);
    Tree.child(review, "metadata").put("creationTimestamp", Timestamps.seconds(clock.instant()));
    review.putObject("status").set("userInfo", UserFields.of(call.user()));
    return call.created(new TreeDocument(review));
  }
}
