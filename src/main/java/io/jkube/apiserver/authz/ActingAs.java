package io.jkube.apiserver.authz;

import io.jkube.api.ApiException;
import io.jkube.apiserver.authn.account.AccountName;
import io.jkube.apiserver.request.Impersonation;
import io.jkube.apiserver.request.UserInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lets callers act as somebody else, who have the right to: verb {@code impersonate}. */
public record ActingAs(Authorizer authorizer) {
  private static final String AUTHENTICATION = "authentication.k8s.io";
  private static final String UNAUTHENTICATED = "system:unauthenticated";

  /**
   * Whom the caller acts as from here on.
   *
   * @param wanted null for nobody else
   * @throws ApiException Forbidden, or BadRequest for an impersonation without a user
   */
  public UserInfo user(UserInfo caller, Impersonation wanted) {
    if (wanted == null) {
      return caller;
    }
    if (wanted.user().isEmpty()) {
      throw ApiException.badRequest(
          "requested impersonation of groups, a uid or extras without impersonating a user");
    }
    var account = AccountName.ofUser(wanted.user());
    if (account == null) {
      require(caller, "", "users", "", "", wanted.user());
    } else {
      require(caller, "", "serviceaccounts", "", account.namespace(), account.name());
    }
    for (var group : wanted.groups()) {
      require(caller, "", "groups", "", "", group);
    }
    if (!wanted.uid().isEmpty()) {
      require(caller, AUTHENTICATION, "uids", "", "", wanted.uid());
    }
    wanted
        .extra()
        .forEach(
            (key, values) ->
                values.forEach(
                    value -> require(caller, AUTHENTICATION, "userextras", key, "", value)));
    return new UserInfo(wanted.user(), wanted.uid(), groups(wanted, account), wanted.extra());
  }

  private void require(
      UserInfo caller,
      String group,
      String resource,
      String subresource,
      String namespace,
      String name) {
    var what =
        new Attributes(
            true, "impersonate", group, "v1", resource, subresource, namespace, name, "", Map.of());
    var decision = authorizer.authorize(caller, what);
    if (!decision.allowed()) {
      throw Refusal.of(caller, what, decision.why());
    }
  }

  private static List<String> groups(Impersonation wanted, AccountName account) {
    var groups = new ArrayList<>(wanted.groups());
    if (groups.isEmpty() && account != null) {
      groups.addAll(account.groups());
    }
    if (wanted.user().equals(UserInfo.ANONYMOUS.name())) {
      if (!groups.contains(UNAUTHENTICATED)) {
        groups.add(UNAUTHENTICATED);
      }
    } else if (!groups.contains(UserInfo.AUTHENTICATED) && !groups.contains(UNAUTHENTICATED)) {
      groups.add(UserInfo.AUTHENTICATED);
    }
    return groups;
  }
}
