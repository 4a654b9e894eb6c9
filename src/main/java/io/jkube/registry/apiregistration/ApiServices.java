package io.jkube.registry.apiregistration;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.putIfAbsent;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.time.Instant;
import java.time.InstantSource;

/** APIServices: group versions, and the servers that serve them. */
public final class ApiServices {
  private static final int HTTPS_PORT = 443;
  private static final int MAX_GROUP_PRIORITY = 20_000;
  private static final int MAX_VERSION_PRIORITY = 1_000;

  private ApiServices() {}

  /**
   * @param clock tells when conditions change
   */
  public static ResourceDefinition definition(InstantSource clock) {
    return ResourceDefinition.cluster("apiregistration.k8s.io", "v1", "APIService", "apiservices")
        .categories("api-extensions")
        .subresources("status")
        .column("Service", ApiServices::service)
        .column("Available", ApiServices::available)
        .ageColumn()
        .strategy(new ApiServiceStrategy(clock))
        .build();
  }

  private static String service(ObjectNode each) {
    var service = each.at("/spec/service");
    return service.isObject()
        ? text(service, "/namespace") + "/" + text(service, "/name")
        : "Local";
  }

  private static String available(ObjectNode each) {
    var condition = AvailableCondition.of(each);
    var status = condition.path("status").asText("Unknown");
    var reason = condition.path("reason").asText();
    return status.equals("True") || reason.isEmpty() ? status : status + " (" + reason + ")";
  }

  private record ApiServiceStrategy(InstantSource clock) implements StatusStrategy {
    /** The one of the core group is {@code v1.}: its group has no name. */
    @Override
    public NameRule nameRule() {
      return NameRule.PATH_SEGMENT;
    }

    @Override
    public void applyDefaults(ObjectNode each) {
      if (each.at("/spec/service") instanceof ObjectNode service) {
        putIfAbsent(service, "port", HTTPS_PORT);
      }
    }

    @Override
    public void prepareForCreate(ObjectNode each, Instant now) {
      each.putObject("status");
      judge(each, now);
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode current) {
      StatusStrategy.super.prepareForUpdate(updated, current);
      boolean moved = isLocal(updated) != isLocal(current);
      if (moved) {
        judge(updated, clock.instant());
      }
    }

    private static boolean isLocal(JsonNode each) {
      return !each.at("/spec/service").isObject();
    }

    /** What is served here is available; of the rest nobody knows before it was asked. */
    private static void judge(ObjectNode each, Instant now) {
      child(each, "status").remove("conditions");
      if (isLocal(each)) {
        var local = "Local APIServices are always available";
        AvailableCondition.write(each, true, "Local", local, now);
      }
    }

    @Override
    public void validate(ObjectNode each, Violations violations) {
      var spec = each.path("spec");
      var name = text(each, "/metadata/name");
      var expected = text(spec, "/version") + "." + text(spec, "/group");
      if (!name.equals(expected)) {
        violations.invalid(
            "metadata.name", name, "must be `spec.version+\".\"+spec.group`: \"" + expected + "\"");
      }
      new Rules(violations).required(spec, "version", "spec");
      if (text(spec, "/group").isEmpty() && !text(spec, "/version").equals("v1")) {
        violations.required(
            "spec.group", "only v1 may have an empty group and it better be legacy kube");
      }
      priority(spec, "groupPriorityMinimum", MAX_GROUP_PRIORITY, violations);
      priority(spec, "versionPriority", MAX_VERSION_PRIORITY, violations);
      server(spec, violations);
    }

    private static void priority(JsonNode spec, String field, int most, Violations violations) {
      int priority = spec.path(field).asInt();
      if (priority <= 0 || priority > most) {
        violations.invalid(
            "spec." + field, spec.path(field), "must be positive and less than " + most);
      }
    }

    private static void server(JsonNode spec, Violations violations) {
      boolean careless = spec.path("insecureSkipTLSVerify").asBoolean();
      boolean trusting = !text(spec, "/caBundle").isEmpty();
      if (!spec.path("service").isObject()) {
        if (trusting) {
          violations.invalid("spec.caBundle", "", "local APIServices may not have a caBundle");
        }
        if (careless) {
          violations.invalid(
              "spec.insecureSkipTLSVerify",
              spec.get("insecureSkipTLSVerify"),
              "local APIServices may not have insecureSkipTLSVerify");
        }
        return;
      }
      var rules = new Rules(violations);
      rules.required(spec.path("service"), "namespace", "spec.service");
      rules.required(spec.path("service"), "name", "spec.service");
      rules.port(spec.path("service").path("port"), "spec.service.port");
      if (careless && trusting) {
        violations.invalid(
            "spec.insecureSkipTLSVerify",
            spec.get("insecureSkipTLSVerify"),
            "may not be true if caBundle is present");
      }
    }
  }
}
