package io.jkube.apiserver.review;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.authz.Attributes;
import io.jkube.apiserver.authz.Authorizer.Decision;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import java.util.HashMap;
import java.util.Map;

/** What the access reviews have in common: the question in their spec, the answer's form. */
final class AccessAttributes {
  private AccessAttributes() {}

  static void validate(ObjectNode spec, Violations violations) {
    boolean resource = spec.hasNonNull("resourceAttributes");
    boolean path = spec.hasNonNull("nonResourceAttributes");
    if (resource && path) {
      violations.invalid(
          "spec.nonResourceAttributes",
          spec.get("nonResourceAttributes"),
          "cannot be specified in combination with resourceAttributes");
    }
    if (!resource && !path) {
      violations.invalid(
          "spec.resourceAttributes",
          spec.get("resourceAttributes"),
          "exactly one of nonResourceAttributes or resourceAttributes must be specified");
    }
  }

  static Attributes of(ObjectNode spec) {
    var path = spec.path("nonResourceAttributes");
    if (path.isObject()) {
      return Attributes.path(text(path, "/verb"), text(path, "/path"));
    }
    var asked = spec.path("resourceAttributes");
    var fields = fields(asked);
    var name = text(asked, "/name");
    return new Attributes(
        true,
        text(asked, "/verb"),
        text(asked, "/group"),
        text(asked, "/version"),
        text(asked, "/resource"),
        text(asked, "/subresource"),
        text(asked, "/namespace"),
        name.isEmpty() ? fields.getOrDefault("metadata.name", "") : name,
        "",
        fields);
  }

  /** Requirements of the form {@code key In [one value]}. */
  private static Map<String, String> fields(JsonNode asked) {
    var fields = new HashMap<String, String>();
    for (var each : Tree.objects(asked, "/fieldSelector/requirements")) {
      var values = Tree.texts(each, "/values");
      if (text(each, "/operator").equals("In") && values.size() == 1) {
        fields.put(text(each, "/key"), values.getFirst());
      }
    }
    return fields;
  }

  static void answer(ObjectNode review, Decision decision) {
    Tree.child(review, "metadata");
    var status = review.putObject("status").put("allowed", decision.allowed());
    if (!decision.why().isEmpty()) {
      status.put("reason", decision.why());
    }
  }
}
