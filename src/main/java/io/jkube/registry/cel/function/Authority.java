package io.jkube.registry.cel.function;

import java.util.Map;

/**
 * Answers expressions that ask what somebody may do ({@code authorizer}). One request's, one
 * thread's.
 */
public interface Authority {
  /**
   * @param why for a consent, by which right; for a refusal, what there is to say; may be empty
   */
  record Decision(boolean allowed, String why) {}

  /**
   * A question about resources.
   *
   * @param subresource empty for the resource itself
   * @param namespace empty for all or none
   * @param name empty for all
   * @param fields to which values the question is restricted
   */
  record Resource(
      String group,
      String resource,
      String subresource,
      String namespace,
      String name,
      Map<String, String> fields) {
    public Resource {
      fields = Map.copyOf(fields);
    }
  }

  Decision path(String path, String verb);

  Decision resource(Resource what, String verb);

  /** Asks for a service account instead. */
  Authority of(String namespace, String serviceAccount);
}
