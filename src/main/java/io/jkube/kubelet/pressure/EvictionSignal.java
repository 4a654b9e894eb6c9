package io.jkube.kubelet.pressure;

import java.util.Arrays;
import java.util.Optional;

/** A figure of the machine that tells what is left of something; in the order of their urgency. */
public enum EvictionSignal {
  MEMORY_AVAILABLE("memory.available", "memory", Pressure.MEMORY),
  NODEFS_AVAILABLE("nodefs.available", "ephemeral-storage", Pressure.DISK),
  NODEFS_INODES_FREE("nodefs.inodesFree", "inodes", Pressure.DISK),
  IMAGEFS_AVAILABLE("imagefs.available", "ephemeral-storage", Pressure.DISK),
  IMAGEFS_INODES_FREE("imagefs.inodesFree", "inodes", Pressure.DISK),
  PID_AVAILABLE("pid.available", "pids", Pressure.PID);

  private final String text;
  private final String resource;
  private final Pressure pressure;

  EvictionSignal(String text, String resource, Pressure pressure) {
    this.text = text;
    this.resource = resource;
    this.pressure = pressure;
  }

  static Optional<EvictionSignal> of(String text) {
    return Arrays.stream(values()).filter(signal -> signal.text.equals(text)).findFirst();
  }

  /** As settings call it. */
  public String text() {
    return text;
  }

  /** What a pod has to give back. */
  String resource() {
    return resource;
  }

  Pressure pressure() {
    return pressure;
  }
}
