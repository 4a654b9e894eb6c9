package io.jkube.kubelet.probe;

/** What a probe's answer means (Kubernetes: "Liveness, Readiness, and Startup Probes"). */
public enum ProbeKind {
  STARTUP("Startup"),
  LIVENESS("Liveness"),
  READINESS("Readiness");

  private final String text;

  ProbeKind(String text) {
    this.text = text;
  }

  /** As messages begin with it: {@code Liveness probe failed: ...}. */
  public String text() {
    return text;
  }
}
