package io.jkube.apiserver.authz.rbac;

import io.jkube.api.ApiException;
import io.jkube.apiserver.authz.Attributes;
import io.jkube.apiserver.authz.Authorizer;
import io.jkube.apiserver.request.UserInfo;
import java.util.TreeSet;

/** Allows what some rule of some role allows that is bound to the user. */
public record RbacAuthorizer(Policies policies) implements Authorizer {
  @Override
  public Decision authorize(UserInfo user, Attributes what) {
    var search = new Search(what);
    policies.visit(user, what.namespace(), search);
    return search.decision();
  }

  private static final class Search implements Policies.Visitor {
    private final Attributes what;
    private final TreeSet<String> missing = new TreeSet<>();
    private String reason;

    Search(Attributes what) {
      this.what = what;
    }

    @Override
    public boolean rule(Rule rule, Binding by, Binding.Subject subject) {
      if (rule.allows(what)) {
        reason = by.reason(subject);
      }
      return reason == null;
    }

    @Override
    public void missing(ApiException notFound) {
      missing.add(notFound.getMessage());
    }

    Decision decision() {
      if (reason != null) {
        return new Decision(true, reason);
      }
      return switch (missing.size()) {
        case 0 -> Decision.NO_OPINION;
        case 1 -> new Decision(false, "RBAC: " + missing.first());
        default -> new Decision(false, "RBAC: [" + String.join(", ", missing) + "]");
      };
    }
  }
}
