package io.jkube.kubelet.pod;

/** Why a container does not run yet: {@code state.waiting}. */
record Waiting(String reason, String message) {
  static final Waiting CREATING = new Waiting("ContainerCreating", "");
  static final Waiting INITIALIZING = new Waiting("PodInitializing", "");
}
