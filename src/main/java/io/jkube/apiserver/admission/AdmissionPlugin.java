package io.jkube.apiserver.admission;

/** Admits or refuses writes. Thread-safe. */
@FunctionalInterface
public interface AdmissionPlugin {
  /**
   * Returns to admit it; may change {@link AdmissionRequest#object} first.
   *
   * @throws io.jkube.api.ApiException to refuse it
   */
  void admit(AdmissionRequest request);
}
