package io.jkube.apiserver.mutation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.apiserver.fields.WriteOptions;
import io.jkube.apiserver.negotiate.BodyReader;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import java.util.List;

/**
 * How to delete: from the body, and from the query where the body says nothing.
 *
 * @param gracePeriodSeconds null where the client leaves it to the kind
 * @param propagation what becomes of the dependents
 * @param uid the object's expected uid, or empty
 * @param resourceVersion the object's expected one, or empty
 */
public record DeleteOptions(
    Long gracePeriodSeconds,
    Propagation propagation,
    String uid,
    String resourceVersion,
    boolean dryRun) {
  /** What the garbage collector is told, by a finalizer. */
  public enum Propagation {
    /** As the kind has it: in the background. */
    UNSAID,
    BACKGROUND,
    FOREGROUND,
    ORPHAN
  }

  private static final List<String> POLICIES = List.of("Foreground", "Background", "Orphan", "nil");

  public static DeleteOptions of(ApiRequest request) {
    var body = BodyReader.optionalObject(request, "DeleteOptions");
    return of(body == null ? Json.object() : body, request);
  }

  /** Out of options that came inside another object. */
  public static DeleteOptions of(ObjectNode options, ApiRequest request) {
    check(options, request);
    var preconditions = options.path("preconditions");
    return new DeleteOptions(
        gracePeriod(options, request),
        propagation(options, request),
        preconditions.path("uid").asText(),
        preconditions.path("resourceVersion").asText(),
        options.path("dryRun").size() > 0 || request.has("dryRun"));
  }

  /** As webhooks see them. */
  ObjectNode tree() {
    var tree = Json.object().put("kind", "DeleteOptions").put("apiVersion", "meta.k8s.io/v1");
    if (gracePeriodSeconds != null) {
      tree.put("gracePeriodSeconds", gracePeriodSeconds);
    }
    switch (propagation) {
      case UNSAID -> {}
      case BACKGROUND -> tree.put("propagationPolicy", "Background");
      case FOREGROUND -> tree.put("propagationPolicy", "Foreground");
      case ORPHAN -> tree.put("propagationPolicy", "Orphan");
    }
    if (!uid.isEmpty()) {
      Tree.child(tree, "preconditions").put("uid", uid);
    }
    if (!resourceVersion.isEmpty()) {
      Tree.child(tree, "preconditions").put("resourceVersion", resourceVersion);
    }
    if (dryRun) {
      tree.putArray("dryRun").add("All");
    }
    return tree;
  }

  private static Long gracePeriod(ObjectNode options, ApiRequest request) {
    if (options.hasNonNull("gracePeriodSeconds")) {
      return options.get("gracePeriodSeconds").asLong();
    }
    var asked = request.parameter("gracePeriodSeconds");
    if (asked.isEmpty()) {
      return null;
    }
    try {
      return Long.valueOf(asked);
    } catch (NumberFormatException malformed) {
      throw ApiException.badRequest("strconv.ParseInt: parsing \"" + asked + "\": invalid syntax");
    }
  }

  /** What upstream's decoder and then its validation refuse. */
  private static void check(ObjectNode options, ApiRequest request) {
    var kind = options.path("kind").asText("DeleteOptions");
    if (!kind.equals("DeleteOptions")) {
      throw ApiException.badRequest("decoded object cannot be converted to DeleteOptions");
    }
    var grace = options.path("gracePeriodSeconds");
    if (!grace.isMissingNode() && !grace.isNull() && !grace.isIntegralNumber()) {
      throw ApiException.badRequest(
          "json: cannot unmarshal "
              + grace
              + " into Go struct field"
              + " DeleteOptions.gracePeriodSeconds of type int64");
    }
    var violations = new Violations();
    var policy = policy(options, request);
    if (!policy.isEmpty() && !orphan(options, request).isEmpty()) {
      violations.invalid(
          "propagationPolicy",
          policy,
          "orphanDependents and deletionPropagation cannot be both set");
    }
    if (!policy.isEmpty() && !POLICIES.contains(policy)) {
      violations.notSupported("propagationPolicy", policy, POLICIES);
    }
    WriteOptions.checkDryRun(request, violations);
    violations.throwIfAny(new GroupVersionKind("meta.k8s.io", "v1", "DeleteOptions"), "");
  }

  private static String policy(ObjectNode options, ApiRequest request) {
    return options.path("propagationPolicy").asText(request.parameter("propagationPolicy"));
  }

  private static String orphan(ObjectNode options, ApiRequest request) {
    return options.path("orphanDependents").asText(request.parameter("orphanDependents"));
  }

  private static Propagation propagation(ObjectNode options, ApiRequest request) {
    return switch (policy(options, request)) {
      case "Background" -> Propagation.BACKGROUND;
      case "Foreground" -> Propagation.FOREGROUND;
      case "Orphan" -> Propagation.ORPHAN;
      default ->
          switch (orphan(options, request)) {
            case "true" -> Propagation.ORPHAN;
            case "false" -> Propagation.BACKGROUND;
            default -> Propagation.UNSAID;
          };
    };
  }
}
