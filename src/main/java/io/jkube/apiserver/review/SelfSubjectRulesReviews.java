package io.jkube.apiserver.review;

import static io.jkube.registry.Tree.text;

import io.jkube.api.ApiException;
import io.jkube.apiserver.authz.node.NodeIdentity;
import io.jkube.apiserver.authz.rbac.Policies;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.negotiate.BodyReader;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.TreeDocument;
import io.jkube.registry.Tree;

/** What may I, in a namespace? The rules of all my roles. */
public record SelfSubjectRulesReviews(Mutations mutations, Policies policies) implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var review = BodyReader.object(call);
    mutations.check(call, call.definition().kind(), review);
    var namespace = text(review, "/spec/namespace");
    if (namespace.isEmpty()) {
      throw ApiException.badRequest("no namespace on request");
    }
    Tree.child(review, "metadata");
    var status = review.putObject("status");
    var resources = status.putArray("resourceRules");
    var paths = status.putArray("nonResourceRules");
    for (var rule : policies.rulesFor(call.user(), namespace)) {
      (rule.paths().isEmpty() ? resources : paths).add(rule.tree());
    }
    boolean isNode = NodeIdentity.of(call.user()) != null;
    status.put("incomplete", isNode);
    if (isNode) {
      status.put("evaluationError", "node authorizer does not support user rule resolution");
    }
    return call.created(new TreeDocument(review));
  }
}
