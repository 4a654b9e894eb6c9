package io.jkube.registry.networking;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.util.Locale;

/** IPAddresses: addresses that are taken, each by the object that has it. */
public final class IpAddresses {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster("networking.k8s.io", "v1", "IPAddress", "ipaddresses")
          .shortNames("ip")
          .column("ParentRef", IpAddresses::parent)
          .ageColumn()
          .strategy(new IpAddressStrategy())
          .build();

  private IpAddresses() {}

  /** {@code services/default/web}. */
  private static String parent(ObjectNode address) {
    var parent = address.at("/spec/parentRef");
    if (!parent.isObject()) {
      return "<none>";
    }
    var group = text(parent, "/group");
    var resource = text(parent, "/resource") + (group.isEmpty() ? "" : "." + group);
    var namespace = text(parent, "/namespace");
    return resource.toLowerCase(Locale.ROOT)
        + (namespace.isEmpty() ? "" : "/" + namespace)
        + "/"
        + text(parent, "/name");
  }

  private static final class IpAddressStrategy implements Strategy {
    @Override
    public void validate(ObjectNode address, Violations violations) {
      var parent = address.at("/spec/parentRef");
      if (!parent.isObject()) {
        violations.required("spec.parentRef", "");
        return;
      }
      var rules = new Rules(violations);
      rules.name(parent, "resource", "spec.parentRef", NameRule.PATH_SEGMENT);
      rules.name(parent, "name", "spec.parentRef", NameRule.PATH_SEGMENT);
      rules.optionalName(parent, "group", "spec.parentRef", NameRule.DNS_SUBDOMAIN);
      rules.optionalName(parent, "namespace", "spec.parentRef", NameRule.PATH_SEGMENT);
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      new Rules(violations)
          .immutable(updated.path("spec"), current.path("spec"), "parentRef", "spec");
    }

    @Override
    public NameRule nameRule() {
      return NameRule.ADDRESS;
    }
  }
}
