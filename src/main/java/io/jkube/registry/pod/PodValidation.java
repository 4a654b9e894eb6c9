package io.jkube.registry.pod;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the spec of a pod, or of a template, must be like: upstream's {@code ValidatePodSpec}, with
 * its paths and words.
 */
public final class PodValidation {
  private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");
  private static final List<String> DNS_POLICIES =
      List.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None");
  private static final List<String> TAINT_EFFECTS =
      List.of("NoSchedule", "PreferNoSchedule", "NoExecute");
  private static final List<String> TOLERATION_OPERATORS = List.of("Equal", "Exists");

  private static final int LONGEST_SYSCTL = 253;

  /** Parts by dots or slashes: {@code kernel.shm_rmid_forced}, {@code net/ipv4/ip_forward}. */
  private static final Pattern SYSCTL =
      Pattern.compile("^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$");

  private final JsonNode spec;
  private final String path;
  private final Violations violations;
  private final Rules rules;

  private PodValidation(JsonNode spec, String path, Violations violations) {
    this.spec = spec;
    this.path = path;
    this.violations = violations;
    this.rules = new Rules(violations);
  }

  /**
   * @param path of the spec: {@code spec}, {@code spec.template.spec}
   */
  public static void validate(JsonNode spec, String path, Violations violations) {
    new PodValidation(spec, path, violations).run();
  }

  private void run() {
    var volumes = objects(spec, "/volumes");
    new VolumeValidation(rules).validate(volumes, path + ".volumes");
    containers(volumes);
    rules.oneOf(spec, "restartPolicy", path, RESTART_POLICIES);
    rules.oneOf(spec, "dnsPolicy", path, DNS_POLICIES);
    rules.labels(spec.path("nodeSelector"), path + ".nodeSelector");
    rules.optionalName(spec, "serviceAccountName", path, NameRule.DNS_SUBDOMAIN);
    rules.optionalName(spec, "nodeName", path, NameRule.DNS_SUBDOMAIN);
    rules.optionalName(spec, "priorityClassName", path, NameRule.DNS_SUBDOMAIN);
    rules.optionalName(spec, "hostname", path, NameRule.DNS_LABEL);
    rules.optionalName(spec, "subdomain", path, NameRule.DNS_LABEL);
    rules.optionalName(spec, "runtimeClassName", path, NameRule.DNS_SUBDOMAIN);
    rules.between(spec, "activeDeadlineSeconds", path, 1, Integer.MAX_VALUE);
    rules.notNegative(spec, "terminationGracePeriodSeconds", path);
    dns();
    tolerations();
    sysctls();
  }

  private void sysctls() {
    var seen = new HashSet<String>();
    int index = 0;
    for (var sysctl : objects(spec, "/securityContext/sysctls")) {
      var at = path + ".securityContext.sysctls[" + index++ + "].name";
      var name = text(sysctl, "/name");
      if (name.isEmpty()) {
        violations.required(at, "");
      } else if (name.length() > LONGEST_SYSCTL || !SYSCTL.matcher(name).matches()) {
        violations.invalid(
            at,
            name,
            "must have at most %d characters and match regex %s"
                .formatted(LONGEST_SYSCTL, SYSCTL.pattern()));
      } else if (!seen.add(name)) {
        violations.duplicate(at, name);
      }
    }
  }

  private void containers(List<ObjectNode> volumes) {
    var containers = new ContainerValidation(rules, volumes, spec.path("hostNetwork").asBoolean());
    var main = objects(spec, "/containers");
    if (main.isEmpty()) {
      violations.required(path + ".containers", "");
    }
    containers.validate(main, path + ".containers");
    containers.validateInit(objects(spec, "/initContainers"), path + ".initContainers");
    containers.validateEphemeral(
        objects(spec, "/ephemeralContainers"), names(), path + ".ephemeralContainers");
    uniqueNames();
  }

  /** What an ephemeral container may look at. */
  private List<String> names() {
    return Stream.of("/containers", "/initContainers")
        .flatMap(list -> objects(spec, list).stream())
        .map(container -> text(container, "/name"))
        .toList();
  }

  /** Init containers come after the others in upstream's eyes: they are the ones that collide. */
  private void uniqueNames() {
    var seen = new ArrayList<String>();
    for (var list : List.of("containers", "initContainers", "ephemeralContainers")) {
      int index = 0;
      for (var container : objects(spec, "/" + list)) {
        var name = text(container, "/name");
        if (!name.isEmpty() && seen.contains(name)) {
          violations.duplicate(path + "." + list + "[" + index + "].name", name);
        }
        seen.add(name);
        index++;
      }
    }
  }

  private void dns() {
    if (text(spec, "/dnsPolicy").equals("None") && spec.at("/dnsConfig/nameservers").isEmpty()) {
      violations.required(
          path + ".dnsConfig.nameservers",
          "must provide at least one DNS nameserver when `dnsPolicy` is None");
    }
  }

  private void tolerations() {
    int index = 0;
    for (var toleration : objects(spec, "/tolerations")) {
      toleration(toleration, path + ".tolerations[" + index++ + "]");
    }
  }

  private void toleration(ObjectNode toleration, String at) {
    var key = text(toleration, "/key");
    var operator = text(toleration, "/operator");
    if (key.isEmpty() && !operator.equals("Exists")) {
      violations.invalid(
          at + ".operator",
          operator,
          "operator must be Exists when `key` is empty, which means \"match all values and all"
              + " keys\"");
    }
    if (toleration.has("tolerationSeconds") && !text(toleration, "/effect").equals("NoExecute")) {
      violations.invalid(
          at + ".effect",
          text(toleration, "/effect"),
          "effect must be 'NoExecute' when `tolerationSeconds` is set");
    }
    if (operator.equals("Exists") && !text(toleration, "/value").isEmpty()) {
      violations.invalid(
          at + ".operator",
          text(toleration, "/value"),
          "value must be empty when `operator` is 'Exists'");
    }
    rules.oneOf(toleration, "operator", at, TOLERATION_OPERATORS);
    rules.oneOf(toleration, "effect", at, TAINT_EFFECTS);
  }
}
