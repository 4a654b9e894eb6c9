package io.jkube.apiserver.authn.account;

import io.jkube.apiserver.request.UserInfo;
import java.util.List;
import java.util.Map;

/** A service account as a user. */
public record AccountName(String namespace, String name) {
  private static final String USER_PREFIX = "system:serviceaccount:";

  /** {@code system:serviceaccount:default:robot}. */
  public String user() {
    return USER_PREFIX + namespace + ":" + name;
  }

  /** Every account is in these two. */
  public List<String> groups() {
    return List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace);
  }

  /** As authentication knows it. */
  public UserInfo userInfo(String uid, Map<String, List<String>> extra) {
    return new UserInfo(user(), uid, groups(), extra).authenticated();
  }

  /** The account that a user's name stands for, or null when it stands for none. */
  public static AccountName ofUser(String user) {
    if (!user.startsWith(USER_PREFIX)) {
      return null;
    }
    var parts = user.substring(USER_PREFIX.length()).split(":", -1);
    return parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty()
        ? new AccountName(parts[0], parts[1])
        : null;
  }
}
