package io.jkube.registry.admission;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Keeps pods off a node that registers and is not ready yet: its controller takes the taint away
 * when it is. Upstream taints one that says it is ready as well, for the moment that the controller
 * takes; and one that says nothing at all, which nobody here would ever free of it.
 */
public final class TaintNodesByCondition {
  private static final String NOT_READY = "node.kubernetes.io/not-ready";
  private static final String EFFECT = "NoSchedule";

  private TaintNodesByCondition() {}

  public static void admit(ObjectNode node) {
    boolean waiting =
        objects(node, "/status/conditions").stream()
            .anyMatch(
                each ->
                    text(each, "/type").equals("Ready") && !text(each, "/status").equals("True"));
    boolean tainted =
        objects(node, "/spec/taints").stream()
            .anyMatch(
                each ->
                    text(each, "/key").equals(NOT_READY) && text(each, "/effect").equals(EFFECT));
    if (waiting && !tainted) {
      child(node, "spec")
          .withArray("taints")
          .addObject()
          .put("key", NOT_READY)
          .put("effect", EFFECT);
    }
  }
}
