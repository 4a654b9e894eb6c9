package io.jkube.apiserver.request;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Who asks, as authentication found out or as an in-process component states. */
public record UserInfo(
    String name, String uid, List<String> groups, Map<String, List<String>> extra) {
  /** Group of those who may do everything, whatever the roles say. */
  public static final String MASTERS = "system:masters";

  /** Group that authentication adds to everyone it knows. */
  public static final String AUTHENTICATED = "system:authenticated";

  /** Whoever showed nothing: may only ask for health and version. */
  public static final UserInfo ANONYMOUS =
      new UserInfo("system:anonymous", "", List.of("system:unauthenticated"), Map.of());

  public UserInfo {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(uid, "uid");
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }

  /** A user without uid and extras; {@link #AUTHENTICATED} is added to the groups. */
  public static UserInfo of(String name, String... groups) {
    return new UserInfo(name, "", List.of(groups), Map.of()).authenticated();
  }

  /** The same user, in {@link #AUTHENTICATED}. */
  public UserInfo authenticated() {
    if (groups.contains(AUTHENTICATED)) {
      return this;
    }
    var all = new java.util.ArrayList<>(groups);
    all.add(AUTHENTICATED);
    return new UserInfo(name, uid, all, extra);
  }

  public boolean anonymous() {
    return equals(ANONYMOUS);
  }
}
