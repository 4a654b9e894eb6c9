package io.jkube.registry.admission;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Lets every pod stay for five minutes on a node that is not ready or not reachable. */
public final class DefaultTolerationSeconds {
  private static final long TOLERATION_SECONDS = 300;
  private static final List<String> TAINTS =
      List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

  private DefaultTolerationSeconds() {}

  public static void admit(ObjectNode pod) {
    var spec = pod.at("/spec");
    var tolerations = objects(spec, "/tolerations");
    for (var taint : TAINTS) {
      if (spec instanceof ObjectNode fields
          && tolerations.stream().noneMatch(each -> tolerates(each, taint))) {
        fields
            .withArray("tolerations")
            .addObject()
            .put("key", taint)
            .put("operator", "Exists")
            .put("effect", "NoExecute")
            .put("tolerationSeconds", TOLERATION_SECONDS);
      }
    }
  }

  private static boolean tolerates(ObjectNode toleration, String taint) {
    var key = text(toleration, "/key");
    var effect = text(toleration, "/effect");
    return (key.equals(taint) || key.isEmpty()) && (effect.equals("NoExecute") || effect.isEmpty());
  }
}
