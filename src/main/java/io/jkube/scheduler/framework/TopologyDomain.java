package io.jkube.scheduler.framework;

/** The nodes that have this value in this label: a host, a zone, a rack. */
public record TopologyDomain(String key, String value) {
  /** The domain of that node; null when it lacks the label. */
  public static TopologyDomain of(String key, NodeInfo node) {
    var value = node.labels().get(key);
    return value == null ? null : new TopologyDomain(key, value);
  }
}
