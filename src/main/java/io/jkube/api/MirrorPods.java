package io.jkube.api;

import com.fasterxml.jackson.databind.JsonNode;

/** Pods of the API that only show what a node runs of itself, out of a folder. */
public final class MirrorPods {
  /** Its value is the uid of the pod on the node. */
  public static final String ANNOTATION = "kubernetes.io/config.mirror";

  private MirrorPods() {}

  public static boolean isMirror(JsonNode pod) {
    return pod.path("metadata").path("annotations").has(ANNOTATION);
  }
}
