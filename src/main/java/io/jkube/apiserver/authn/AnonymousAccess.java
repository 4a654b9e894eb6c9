package io.jkube.apiserver.authn;

import java.util.Set;

/**
 * Where requests without credentials are heard; elsewhere they are refused before anybody asks for
 * their rights.
 *
 * @param paths for {@link Scope#PATHS}
 */
public record AnonymousAccess(Scope scope, Set<String> paths) {
  /** What holds unless a file says otherwise. */
  public static final AnonymousAccess HEALTH_AND_VERSION =
      new AnonymousAccess(Scope.HEALTH_AND_VERSION, Set.of());

  /** How far. */
  public enum Scope {
    NOWHERE,
    HEALTH_AND_VERSION,
    PATHS,
    EVERYWHERE
  }

  public AnonymousAccess {
    paths = Set.copyOf(paths);
  }

  /**
   * @param conditions the only paths; empty for all
   */
  public static AnonymousAccess of(boolean enabled, Set<String> conditions) {
    if (!enabled) {
      return new AnonymousAccess(Scope.NOWHERE, Set.of());
    }
    return new AnonymousAccess(conditions.isEmpty() ? Scope.EVERYWHERE : Scope.PATHS, conditions);
  }

  /**
   * @param open whether the path tells only health or version
   */
  public boolean hears(String path, boolean open) {
    return switch (scope) {
      case NOWHERE -> false;
      case HEALTH_AND_VERSION -> open;
      case PATHS -> paths.contains(path);
      case EVERYWHERE -> true;
    };
  }
}
