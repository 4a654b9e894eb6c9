package io.jkube.apiserver.review;

import io.jkube.apiserver.authz.Authorizer;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.negotiate.BodyReader;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.TreeDocument;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;

/** May I? */
public record SelfSubjectAccessReviews(Mutations mutations, Authorizer authorizer) implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var review = BodyReader.object(call);
    mutations.check(call, call.definition().kind(), review);
    var spec = Tree.child(review, "spec");
    var violations = new Violations();
    AccessAttributes.validate(spec, violations);
    violations.throwIfAny(call.definition().kind(), "");
    AccessAttributes.answer(review, authorizer.authorize(call.user(), AccessAttributes.of(spec)));
    return call.created(new TreeDocument(review));
  }
}
