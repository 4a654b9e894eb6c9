package io.jkube.apiserver.admission;

import io.jkube.apiserver.authn.account.AccountName;
import io.jkube.apiserver.authz.Attributes;
import io.jkube.apiserver.authz.Authorizer;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.registry.cel.function.Authority;
import java.util.Map;

/** What somebody may do, for expressions: at first who makes the request. */
record RequestAuthority(Authorizer authorizer, UserInfo user) implements Authority {
  @Override
  public Decision path(String path, String verb) {
    return decision(Attributes.path(verb, path));
  }

  @Override
  public Decision resource(Resource what, String verb) {
    return decision(
        new Attributes(
            true,
            verb,
            what.group(),
            "*",
            what.resource(),
            what.subresource(),
            what.namespace(),
            what.name(),
            "",
            what.fields()));
  }

  private Decision decision(Attributes what) {
    var decision = authorizer.authorize(user, what);
    return new Decision(decision.allowed(), decision.why());
  }

  @Override
  public Authority of(String namespace, String serviceAccount) {
    var account = new AccountName(namespace, serviceAccount);
    var as = new UserInfo(account.user(), "", account.groups(), Map.of());
    return new RequestAuthority(authorizer, as);
  }

  /** What the request is about. */
  static Resource resourceOf(AdmissionRequest request) {
    return new Resource(
        request.call().resource().group(),
        request.call().resource().resource(),
        request.subresource(),
        request.namespace(),
        request.name(),
        Map.of());
  }
}
