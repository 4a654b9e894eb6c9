package io.jkube.kubelet.pressure;

/** A node's condition that follows from running short. */
public enum Pressure {
  MEMORY("MemoryPressure"),
  DISK("DiskPressure"),
  PID("PIDPressure");

  private final String condition;

  Pressure(String condition) {
    this.condition = condition;
  }

  /** The condition's type. */
  public String condition() {
    return condition;
  }
}
