package io.jkube.registry.volume;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.putIfEmpty;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.validation.Quantities;

/** What upstream fills in for a claim, and for the template of one. */
public final class ClaimDefaults {
  private ClaimDefaults() {}

  /**
   * @param claim something with the spec of a claim
   */
  public static void apply(ObjectNode claim) {
    var spec = child(claim, "spec");
    putIfEmpty(spec, "volumeMode", "Filesystem");
    dataSources(spec);
    Quantities.canonical(child(spec, "resources"), "limits", "requests");
  }

  /** The old field follows the new one where it can say the same; alone, it stands for both. */
  private static void dataSources(ObjectNode spec) {
    var old = spec.get("dataSource");
    var reference = spec.get("dataSourceRef");
    if (old instanceof ObjectNode source && reference == null) {
      spec.set("dataSourceRef", source.deepCopy());
    } else if (old == null && reference instanceof ObjectNode source && isKnownToOld(source)) {
      spec.set("dataSource", source.deepCopy());
    }
  }

  private static boolean isKnownToOld(ObjectNode source) {
    var group = text(source, "/apiGroup");
    boolean claim = group.isEmpty() && text(source, "/kind").equals("PersistentVolumeClaim");
    boolean snapshot =
        group.equals("snapshot.storage.k8s.io") && text(source, "/kind").equals("VolumeSnapshot");
    return (claim || snapshot) && text(source, "/namespace").isEmpty();
  }
}
