package io.jkube.apiserver.admission;

/**
 * What people configure to change objects, such as webhooks: asked once, and once more where the
 * object changed after that and they wish so. Thread-safe.
 */
@FunctionalInterface
public interface Mutator {
  /** Begins one request's way; costs next to nothing where nothing is configured. */
  Pass begin(AdmissionRequest request);

  /** One request's way through one mutator. One thread's. */
  @FunctionalInterface
  interface Pass {
    Pass NOTHING = round -> false;

    /**
     * @param round 0, then 1 where any mutator changed the object in round 0
     * @return whether the object changed
     * @throws io.jkube.api.ApiException to refuse it
     */
    boolean run(int round);
  }
}
