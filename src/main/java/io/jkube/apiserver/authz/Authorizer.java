package io.jkube.apiserver.authz;

import io.jkube.apiserver.request.UserInfo;
import java.util.List;

/** Decides who may do what. Thread-safe. */
@FunctionalInterface
public interface Authorizer {
  /** Everyone whom authentication knows may do everything. */
  Authorizer EVERYTHING_TO_AUTHENTICATED =
      (user, what) ->
          user.groups().contains(UserInfo.AUTHENTICATED) ? Decision.ALLOWED : Decision.NO_OPINION;

  /** Whoever is in {@link UserInfo#MASTERS} may do everything; of others it knows nothing. */
  Authorizer MASTERS =
      (user, what) ->
          user.groups().contains(UserInfo.MASTERS) ? Decision.ALLOWED : Decision.NO_OPINION;

  Decision authorize(UserInfo user, Attributes what);

  /**
   * @param why for a refusal, what to add to upstream's text; for a consent, by which right; may be
   *     empty
   */
  record Decision(boolean allowed, String why) {
    public static final Decision ALLOWED = new Decision(true, "");
    public static final Decision NO_OPINION = new Decision(false, "");
  }

  /** The first that allows it has the word; refusals add their reasons. */
  static Authorizer anyOf(List<Authorizer> all) {
    var list = List.copyOf(all);
    return (user, what) -> {
      var why = "";
      for (var each : list) {
        var decision = each.authorize(user, what);
        if (decision.allowed()) {
          return decision;
        }
        if (!decision.why().isEmpty()) {
          why = why.isEmpty() ? decision.why() : why + ", " + decision.why();
        }
      }
      return why.isEmpty() ? Decision.NO_OPINION : new Decision(false, why);
    };
  }

  /** Decides once more, on newer knowledge, before it refuses. */
  static Authorizer patient(Authorizer inner, Runnable catchUp) {
    return (user, what) -> {
      var decision = inner.authorize(user, what);
      if (decision.allowed()) {
        return decision;
      }
      catchUp.run();
      return inner.authorize(user, what);
    };
  }
}
