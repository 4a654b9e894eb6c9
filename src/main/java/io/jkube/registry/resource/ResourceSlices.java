package io.jkube.registry.resource;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** ResourceSlices: devices that a driver has, at a node or at several. */
public final class ResourceSlices {
  private static final int MAX_DEVICES = 128;
  private static final String NODE_FIELD = "spec.nodeName";
  private static final String DRIVER_FIELD = "spec.driver";
  private static final List<String> PLACES =
      List.of("nodeName", "nodeSelector", "allNodes", "perDeviceNodeSelection");

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster("resource.k8s.io", "v1", "ResourceSlice", "resourceslices")
          .generation()
          .column("Node", each -> orUnset(text(each, "/spec/nodeName")))
          .column("Driver", each -> text(each, "/spec/driver"))
          .column("Pool", each -> text(each, "/spec/pool/name"))
          .ageColumn()
          .answersDeleted()
          .strategy(new ResourceSliceStrategy())
          .build();

  private ResourceSlices() {}

  private static String orUnset(String node) {
    return node.isEmpty() ? "<unset>" : node;
  }

  private static final class ResourceSliceStrategy implements Strategy {
    @Override
    public void validate(ObjectNode slice, Violations violations) {
      var spec = slice.path("spec");
      var rules = new Rules(violations);
      rules.name(spec, "driver", "spec", NameRule.DNS_SUBDOMAIN);
      rules.required(spec.path("pool"), "name", "spec.pool");
      if (spec.at("/pool/resourceSliceCount").asInt() <= 0) {
        violations.invalid(
            "spec.pool.resourceSliceCount",
            spec.at("/pool/resourceSliceCount"),
            "must be greater than zero");
      }
      rules.notNegative(spec.path("pool"), "generation", "spec.pool");
      place(spec, violations);
      devices(spec, rules);
    }

    private static void place(JsonNode spec, Violations violations) {
      var set = new ArrayList<String>();
      for (var place : PLACES) {
        var value = spec.path(place);
        if (value.isObject() || value.asBoolean() || !text(spec, "/" + place).isEmpty()) {
          set.add(place);
        }
      }
      var what =
          "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";
      if (set.isEmpty()) {
        violations.required("spec", what);
      } else if (set.size() > 1) {
        violations.invalid(
            "spec", "{" + String.join(", ", set) + "}", what + ", but multiple fields are set");
      }
    }

    private static void devices(JsonNode spec, Rules rules) {
      var devices = objects(spec, "/devices");
      if (devices.size() > MAX_DEVICES) {
        rules
            .violations()
            .add(
                "FieldValueTooMany",
                "spec.devices",
                "Too many: " + devices.size() + ": must have at most " + MAX_DEVICES + " items");
      }
      for (int i = 0; i < devices.size(); i++) {
        rules.name(devices.get(i), "name", "spec.devices[" + i + "]", NameRule.DNS_LABEL);
      }
      rules.unique(devices, "name", "spec.devices");
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      var rules = new Rules(violations);
      var after = updated.path("spec");
      var before = current.path("spec");
      for (var field : List.of("driver", "nodeName", "nodeSelector", "allNodes")) {
        rules.immutable(after, before, field, "spec");
      }
      rules.immutable(after.path("pool"), before.path("pool"), "name", "spec.pool");
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode slice) {
      return Map.of(
          NODE_FIELD, text(slice, "/spec/nodeName"), DRIVER_FIELD, text(slice, "/spec/driver"));
    }

    @Override
    public Set<String> selectableFieldNames() {
      return Set.of(NODE_FIELD, DRIVER_FIELD);
    }
  }
}
