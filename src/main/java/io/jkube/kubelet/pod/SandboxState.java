package io.jkube.kubelet.pod;

import io.jkube.kubelet.runtime.ContainerRuntime.Sandbox;

/** Where a pod's sandbox is in its life; {@code attempt} counts sandboxes from 0. */
sealed interface SandboxState {
  /** None; the next one has this attempt. */
  record Absent(int nextAttempt) implements SandboxState {}

  record Ready(Sandbox sandbox) implements SandboxState {}

  /** It is there but does not run; it has to go before the next one comes. */
  record Dead(String id, int attempt) implements SandboxState {}

  /** The running sandbox's id, or null. */
  default String runningId() {
    return switch (this) {
      case Ready ready -> ready.sandbox.id();
      case Absent absent -> null;
      case Dead dead -> null;
    };
  }

  /** The address of the running sandbox, or empty. */
  default String address() {
    return switch (this) {
      case Ready ready -> ready.sandbox.address() == null ? "" : ready.sandbox.address();
      case Absent absent -> "";
      case Dead dead -> "";
    };
  }
}
