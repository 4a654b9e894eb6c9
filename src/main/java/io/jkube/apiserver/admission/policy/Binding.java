package io.jkube.apiserver.admission.policy;

import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.LabelSelector;
import io.jkube.apiserver.admission.match.MatchResources;
import java.util.List;

/**
 * For whom a policy holds.
 *
 * @param parameters null where the policy is to be asked without
 * @param actions {@code Deny}, {@code Warn}, {@code Audit}
 */
record Binding(
    String name,
    String policy,
    MatchResources match,
    ParameterRef parameters,
    List<String> actions) {
  /**
   * Which objects are the parameters.
   *
   * @param name empty where a selector says it
   * @param namespace empty for that of the write
   * @param allowNone whether a write passes where there are none
   */
  record ParameterRef(String name, String namespace, LabelSelector selector, boolean allowNone) {
    private static ParameterRef of(JsonNode reference) {
      return reference.isObject()
          ? new ParameterRef(
              text(reference, "/name"),
              text(reference, "/namespace"),
              LabelSelector.of(reference.get("selector")),
              text(reference, "/parameterNotFoundAction").equals("Allow"))
          : null;
    }
  }

  static Binding of(ObjectNode binding) {
    var spec = binding.path("spec");
    return new Binding(
        text(binding, "/metadata/name"),
        text(spec, "/policyName"),
        MatchResources.of(spec.path("matchResources")),
        ParameterRef.of(spec.path("paramRef")),
        texts(spec, "/validationActions"));
  }
}
