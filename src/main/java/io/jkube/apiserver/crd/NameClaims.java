package io.jkube.apiserver.crd;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.crd.CrdConditions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who has which names in which group. A definition keeps what it was given; of others it gets what
 * nobody has. One pass over all definitions.
 */
final class NameClaims {
  private final Map<String, Names> byCrd = new HashMap<>();

  private record Names(String group, Set<String> resources, Set<String> kinds) {
    static Names of(ObjectNode crd) {
      var accepted = crd.at("/status/acceptedNames");
      var resources = new HashSet<>(texts(accepted, "/shortNames"));
      resources.add(text(accepted, "/plural"));
      resources.add(text(accepted, "/singular"));
      var kinds = new HashSet<String>();
      kinds.add(text(accepted, "/kind"));
      kinds.add(text(accepted, "/listKind"));
      return new Names(text(crd, "/spec/group"), resources, kinds);
    }
  }

  NameClaims(List<ObjectNode> crds) {
    crds.forEach(crd -> byCrd.put(text(crd, "/metadata/name"), Names.of(crd)));
  }

  /** Gives the definition, a tree of the caller's own, the names it can have. */
  void settle(ObjectNode crd, Instant now) {
    var name = text(crd, "/metadata/name");
    var group = text(crd, "/spec/group");
    var resources = new HashSet<String>();
    var kinds = new HashSet<String>();
    byCrd.forEach(
        (other, names) -> {
          if (!other.equals(name) && names.group().equals(group)) {
            resources.addAll(names.resources());
            kinds.addAll(names.kinds());
          }
        });
    var accepted = child(child(crd, "status"), "acceptedNames");
    var refusals = new ArrayList<String[]>();
    var wanted = crd.at("/spec/names");
    claim(wanted, accepted, "plural", "PluralConflict", resources, refusals);
    claim(wanted, accepted, "singular", "SingularConflict", resources, refusals);
    claimShortNames(wanted, accepted, resources, refusals);
    claim(wanted, accepted, "kind", "KindConflict", kinds, refusals);
    claim(wanted, accepted, "listKind", "ListKindConflict", kinds, refusals);
    replace(wanted, accepted, "categories");
    conditions(crd, refusals, now);
    byCrd.put(name, Names.of(crd));
  }

  private static void claim(
      JsonNode wanted,
      ObjectNode accepted,
      String field,
      String reason,
      Set<String> taken,
      List<String[]> refusals) {
    var name = text(wanted, "/" + field);
    if (!name.equals(text(accepted, "/" + field)) && taken.contains(name)) {
      refusals.add(new String[] {reason, "\"" + name + "\" is already in use"});
    } else {
      replace(wanted, accepted, field);
    }
  }

  private static void claimShortNames(
      JsonNode wanted, ObjectNode accepted, Set<String> taken, List<String[]> refusals) {
    var had = texts(accepted, "/shortNames");
    for (var name : texts(wanted, "/shortNames")) {
      if (!had.contains(name) && taken.contains(name)) {
        refusals.add(new String[] {"ShortNamesConflict", "\"" + name + "\" is already in use"});
        return;
      }
    }
    replace(wanted, accepted, "shortNames");
  }

  private static void replace(JsonNode wanted, ObjectNode accepted, String field) {
    if (wanted.has(field)) {
      accepted.set(field, wanted.get(field).deepCopy());
    } else {
      accepted.remove(field);
    }
  }

  private static void conditions(ObjectNode crd, List<String[]> refusals, Instant now) {
    if (!refusals.isEmpty()) {
      var last = refusals.getLast();
      CrdConditions.set(crd, CrdConditions.NAMES_ACCEPTED, false, last[0], last[1], now);
      if (!CrdConditions.is(crd, CrdConditions.ESTABLISHED)) {
        CrdConditions.set(
            crd,
            CrdConditions.ESTABLISHED,
            false,
            "NotAccepted",
            "not all names are accepted",
            now);
      }
      return;
    }
    CrdConditions.set(
        crd, CrdConditions.NAMES_ACCEPTED, true, "NoConflicts", "no conflicts found", now);
    if (!CrdConditions.is(crd, CrdConditions.ESTABLISHED)) {
      CrdConditions.set(
          crd,
          CrdConditions.ESTABLISHED,
          true,
          "InitialNamesAccepted",
          "the initial names have been accepted",
          now);
    }
  }
}
