package io.jkube.apiserver.crd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Tree;
import io.jkube.registry.crd.CrdConditions;

/** What settling the names says in a definition's status; its deletion is told by others. */
final class CrdStatus {
  private CrdStatus() {}

  static void take(ObjectNode settled, ObjectNode into) {
    var status = Tree.child(into, "status");
    status.set("acceptedNames", settled.at("/status/acceptedNames").deepCopy());
    for (var condition : Tree.objects(settled, "/status/conditions")) {
      if (!Tree.text(condition, "/type").equals(CrdConditions.TERMINATING)) {
        CrdConditions.take(status, condition);
      }
    }
  }
}
