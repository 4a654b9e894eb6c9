package io.jkube.network.proxy;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Where nodes and pods are. All nodes are on one machine: a pod's node is told by its address.
 *
 * @param zones of every node by its name; empty for a node without one
 * @param pods the addresses of the pods on a node, by its name
 */
public record Places(SortedMap<String, String> zones, SortedMap<String, SortedSet<String>> pods) {
  /** Where nothing asks for them. */
  public static final Places UNKNOWN = new Places(new TreeMap<>(), new TreeMap<>());

  public Places {
    zones = new TreeMap<>(zones);
    pods = new TreeMap<>(Map.copyOf(pods));
  }
}
