package io.jkube.apiserver.admission;

/** Charges writes against what their namespace may use. Thread-safe. */
@FunctionalInterface
public interface Charge {
  Charge NOTHING = request -> Reservation.NONE;

  /**
   * @throws io.jkube.api.ApiException to refuse it
   */
  Reservation charge(AdmissionRequest request);
}
