package io.jkube.registry.core;

import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;

/**
 * The families of a service's addresses. This cluster has IPv4: what prefers two gets that one, and
 * what requires two, or another, is refused, as upstream's clusters of one family do.
 */
final class IpFamilies {
  private static final String POLICY = "ipFamilyPolicy";
  private static final String FAMILIES = "ipFamilies";
  private static final String SINGLE = "SingleStack";
  private static final String REQUIRED = "RequireDualStack";
  private static final String IPV4 = "IPv4";
  private static final String IPV6 = "IPv6";

  private IpFamilies() {}

  static void settle(ObjectNode spec, Violations violations) {
    if (isForeign(spec)) {
      foreign(spec);
      return;
    }
    Tree.putIfEmpty(spec, POLICY, SINGLE);
    var families = texts(spec, "/" + FAMILIES);
    for (int i = 0; i < families.size(); i++) {
      if (families.get(i).equals(IPV6)) {
        violations.invalid(
            "spec.ipFamilies[" + i + "]", families.get(i), "not configured on this cluster");
      }
    }
    if (text(spec, "/" + POLICY).equals(REQUIRED)) {
      violations.invalid(
          "spec.ipFamilyPolicy",
          REQUIRED,
          "this cluster is not configured for dual-stack services");
    }
    if (families.isEmpty()) {
      spec.putArray(FAMILIES).add(IPV4);
    }
  }

  /** Headless and without a selector: whoever makes its endpoints may have any families. */
  private static boolean isForeign(ObjectNode spec) {
    return (text(spec, "/clusterIP").equals("None") || text(spec, "/clusterIPs/0").equals("None"))
        && spec.path("selector").isEmpty();
  }

  private static void foreign(ObjectNode spec) {
    Tree.putIfEmpty(spec, POLICY, REQUIRED);
    if (texts(spec, "/" + FAMILIES).isEmpty()) {
      spec.putArray(FAMILIES).add(IPV4);
    }
    var families = texts(spec, "/" + FAMILIES);
    if (families.size() == 1 && !text(spec, "/" + POLICY).equals(SINGLE)) {
      spec.withArray(FAMILIES).add(families.contains(IPV4) ? IPV6 : IPV4);
    }
  }
}
