package io.jkube.apiserver.authz.node;

import io.jkube.apiserver.request.UserInfo;

/** Which node a user is. */
public final class NodeIdentity {
  private static final String PREFIX = "system:node:";
  private static final String GROUP = "system:nodes";

  private NodeIdentity() {}

  /** The node's name; null when the user is no node. */
  public static String of(UserInfo user) {
    return user.name().startsWith(PREFIX)
            && user.name().length() > PREFIX.length()
            && user.groups().contains(GROUP)
        ? user.name().substring(PREFIX.length())
        : null;
  }
}
