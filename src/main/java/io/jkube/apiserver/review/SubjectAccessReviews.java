package io.jkube.apiserver.review;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.authz.Authorizer;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.negotiate.BodyReader;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.TreeDocument;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import java.util.HashMap;
import java.util.List;

/** May they? Anywhere, or, for a LocalSubjectAccessReview, in the namespace of the request. */
public record SubjectAccessReviews(Mutations mutations, Authorizer authorizer) implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var review = BodyReader.object(call);
    mutations.check(call, call.definition().kind(), review);
    var spec = Tree.child(review, "spec");
    var violations = new Violations();
    AccessAttributes.validate(spec, violations);
    validateSubject(spec, violations);
    if (call.definition().namespaced()) {
      validateLocal(spec, call.namespace(), violations);
    }
    violations.throwIfAny(call.definition().kind(), "");
    AccessAttributes.answer(review, authorizer.authorize(user(spec), AccessAttributes.of(spec)));
    return call.created(new TreeDocument(review));
  }

  private static void validateSubject(ObjectNode spec, Violations violations) {
    if (text(spec, "/user").isEmpty() && spec.path("groups").isEmpty()) {
      violations.invalid("spec.user", "", "at least one of user or group must be specified");
    }
  }

  private static void validateLocal(ObjectNode spec, String namespace, Violations violations) {
    if (spec.hasNonNull("nonResourceAttributes")) {
      violations.invalid(
          "spec.nonResourceAttributes",
          spec.get("nonResourceAttributes"),
          "disallowed on this kind of request");
    } else if (!text(spec, "/resourceAttributes/namespace").equals(namespace)) {
      violations.invalid(
          "spec.resourceAttributes.namespace",
          text(spec, "/resourceAttributes/namespace"),
          "must match metadata.namespace");
    }
  }

  /** As the spec describes them; no group is added. */
  private static UserInfo user(ObjectNode spec) {
    var extra = new HashMap<String, List<String>>();
    for (var each : spec.path("extra").properties()) {
      extra.put(each.getKey(), Tree.texts(each.getValue(), ""));
    }
    return new UserInfo(
        text(spec, "/user"), text(spec, "/uid"), Tree.texts(spec, "/groups"), extra);
  }
}
