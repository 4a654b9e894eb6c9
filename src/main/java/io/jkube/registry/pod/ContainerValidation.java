package io.jkube.registry.pod;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What containers must be like. */
final class ContainerValidation {
  private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
  private static final List<String> MESSAGE_POLICIES = List.of("FallbackToLogsOnError", "File");
  private static final List<String> RESTART_POLICIES = List.of("Always", "Never", "OnFailure");
  private static final List<String> RESTART_ACTIONS = List.of("Restart");
  private static final List<String> EXIT_CODE_OPERATORS = List.of("In", "NotIn");
  private static final int MOST_RESTART_RULES = 20;
  private static final int MOST_EXIT_CODES = 255;
  private static final List<String> SIDECAR_ONLY =
      List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe");

  private static final String NO_EPHEMERAL_FIELD = "cannot be set for an Ephemeral Container";
  private static final List<String> NOT_EPHEMERAL =
      List.of(
          "ports",
          "resources",
          "resizePolicy",
          "restartPolicy",
          "restartPolicyRules",
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
          "lifecycle");

  private final Rules rules;
  private final Violations violations;
  private final Set<String> volumes;
  private final DeviceValidation devices;
  private final boolean hostNetwork;

  /**
   * @param volumes of the pod
   */
  ContainerValidation(Rules rules, List<ObjectNode> volumes, boolean hostNetwork) {
    this.rules = rules;
    this.violations = rules.violations();
    this.volumes = volumes.stream().map(each -> text(each, "/name")).collect(Collectors.toSet());
    this.devices = new DeviceValidation(rules, volumes);
    this.hostNetwork = hostNetwork;
  }

  void validate(List<ObjectNode> containers, String path) {
    for (int i = 0; i < containers.size(); i++) {
      container(containers.get(i), path + "[" + i + "]");
      probes(containers.get(i), path + "[" + i + "]");
    }
  }

  void validateInit(List<ObjectNode> containers, String path) {
    for (int i = 0; i < containers.size(); i++) {
      var at = path + "[" + i + "]";
      var container = containers.get(i);
      container(container, at);
      if (text(container, "/restartPolicy").equals("Always")) {
        probes(container, at);
        continue;
      }
      for (var field : SIDECAR_ONLY) {
        if (container.has(field)) {
          violations.forbidden(
              at + "." + field, "may not be set for init containers without restartPolicy=Always");
        }
      }
    }
  }

  /** Upstream's {@code validateContainerRestartPolicy}. */
  private void restarts(ObjectNode container, String at) {
    rules.oneOf(container, "restartPolicy", at, RESTART_POLICIES);
    var list = objects(container, "/restartPolicyRules");
    var path = at + ".restartPolicyRules";
    if (!list.isEmpty() && text(container, "/restartPolicy").isEmpty()) {
      violations.required(
          at + ".restartPolicy", "must specify restartPolicy when restart rules are used");
    }
    if (list.size() > MOST_RESTART_RULES) {
      violations.tooMany(path, list.size(), MOST_RESTART_RULES);
    }
    for (int i = 0; i < list.size(); i++) {
      rules.oneOf(list.get(i), "action", path + "[" + i + "]", RESTART_ACTIONS);
      exitCodes(list.get(i), path + "[" + i + "].exitCodes");
    }
  }

  private void exitCodes(ObjectNode rule, String at) {
    if (!(rule.get("exitCodes") instanceof ObjectNode codes)) {
      violations.required(at, "must be specified");
      return;
    }
    rules.oneOf(codes, "operator", at, EXIT_CODE_OPERATORS);
    if (codes.path("values").size() > MOST_EXIT_CODES) {
      violations.tooMany(at + ".values", codes.path("values").size(), MOST_EXIT_CODES);
    }
  }

  /**
   * @param others the names of the pod's other containers
   */
  void validateEphemeral(List<ObjectNode> containers, List<String> others, String path) {
    for (int i = 0; i < containers.size(); i++) {
      var at = path + "[" + i + "]";
      var container = containers.get(i);
      container(container, at);
      var target = text(container, "/targetContainerName");
      if (!target.isEmpty() && !others.contains(target)) {
        violations.notFound(at + ".targetContainerName", target);
      }
      for (var field : NOT_EPHEMERAL) {
        if (!Tree.isEmpty(container.path(field))) {
          violations.forbidden(at + "." + field, NO_EPHEMERAL_FIELD);
        }
      }
      noSubPaths(objects(container, "/volumeMounts"), at + ".volumeMounts");
    }
  }

  private void noSubPaths(List<ObjectNode> mounts, String path) {
    for (int i = 0; i < mounts.size(); i++) {
      for (var field : List.of("subPath", "subPathExpr")) {
        if (!text(mounts.get(i), "/" + field).isEmpty()) {
          violations.forbidden(path + "[" + i + "]." + field, NO_EPHEMERAL_FIELD);
        }
      }
    }
  }

  private void container(ObjectNode container, String at) {
    restarts(container, at);
    rules.name(container, "name", at, NameRule.DNS_LABEL);
    image(container, at);
    rules.oneOf(container, "imagePullPolicy", at, PULL_POLICIES);
    rules.oneOf(container, "terminationMessagePolicy", at, MESSAGE_POLICIES);
    ports(objects(container, "/ports"), at + ".ports");
    new EnvironmentValidation(rules).validate(container, at);
    mounts(objects(container, "/volumeMounts"), at + ".volumeMounts");
    devices.validate(container, at);
    ResourceValidation.validate(container.path("resources"), at + ".resources", violations);
  }

  private void image(ObjectNode container, String at) {
    var image = text(container, "/image");
    if (image.isEmpty()) {
      violations.required(at + ".image", "");
    } else if (!image.strip().equals(image)) {
      violations.invalid(at + ".image", image, "must not have leading or trailing whitespace");
    }
  }

  private void ports(List<ObjectNode> ports, String path) {
    rules.unique(ports, "name", path);
    for (int i = 0; i < ports.size(); i++) {
      var port = ports.get(i);
      var at = path + "[" + i + "]";
      var name = text(port, "/name");
      if (!name.isEmpty()) {
        Rules.portNameViolations(name).forEach(why -> violations.invalid(at + ".name", name, why));
      }
      if (port.path("containerPort").asInt() == 0) {
        violations.required(at + ".containerPort", "");
      } else {
        rules.port(port.path("containerPort"), at + ".containerPort");
      }
      hostPort(port, at);
      rules.oneOf(port, "protocol", at, Rules.PROTOCOLS);
    }
  }

  private void hostPort(ObjectNode port, String at) {
    if (port.path("hostPort").asInt() == 0) {
      return;
    }
    rules.port(port.path("hostPort"), at + ".hostPort");
    if (hostNetwork && port.path("hostPort").asInt() != port.path("containerPort").asInt()) {
      violations.invalid(
          at + ".containerPort",
          port.path("containerPort"),
          "must match `hostPort` when `hostNetwork` is true");
    }
  }

  private void mounts(List<ObjectNode> mounts, String path) {
    var paths = new HashSet<String>();
    for (int i = 0; i < mounts.size(); i++) {
      var mount = mounts.get(i);
      var at = path + "[" + i + "]";
      if (rules.required(mount, "name", at) && !volumes.contains(text(mount, "/name"))) {
        violations.notFound(at + ".name", text(mount, "/name"));
      }
      var target = text(mount, "/mountPath");
      if (rules.required(mount, "mountPath", at) && !paths.add(target)) {
        violations.invalid(at + ".mountPath", target, "must be unique");
      }
      subPath(text(mount, "/subPath"), at + ".subPath");
    }
  }

  private void subPath(String subPath, String at) {
    if (subPath.startsWith("/")) {
      violations.invalid(at, subPath, "must be a relative path");
    }
    if (List.of(subPath.split("/")).contains("..")) {
      violations.invalid(at, subPath, "must not contain '..'");
    }
  }

  private void probes(ObjectNode container, String at) {
    for (var name : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      if (container.get(name) instanceof ObjectNode probe) {
        probe(probe, at + "." + name, !name.equals("readinessProbe"));
      }
    }
    for (var name : List.of("postStart", "preStop")) {
      if (container.at("/lifecycle/" + name) instanceof ObjectNode hook) {
        handler(hook, at + ".lifecycle." + name);
      }
    }
  }

  private void probe(ObjectNode probe, String at, boolean succeedsOnce) {
    handler(probe, at);
    for (var number :
        List.of(
            "initialDelaySeconds",
            "timeoutSeconds",
            "periodSeconds",
            "successThreshold",
            "failureThreshold")) {
      rules.notNegative(probe, number, at);
    }
    if (succeedsOnce && probe.path("successThreshold").asInt(1) != 1) {
      violations.invalid(at + ".successThreshold", probe.get("successThreshold"), "must be 1");
    }
  }

  private void handler(ObjectNode holder, String at) {
    rules.exactlyOneType(holder, Set.of(), at, "handler");
    if (holder.get("exec") instanceof ObjectNode exec && exec.path("command").isEmpty()) {
      violations.required(at + ".exec.command", "");
    }
    if (holder.get("httpGet") instanceof ObjectNode get) {
      rules.required(get, "path", at + ".httpGet");
      rules.portOrName(get.path("port"), at + ".httpGet.port");
      rules.oneOf(get, "scheme", at + ".httpGet", List.of("HTTP", "HTTPS"));
    }
    if (holder.get("tcpSocket") instanceof ObjectNode socket) {
      rules.portOrName(socket.path("port"), at + ".tcpSocket.port");
    }
    JsonNode grpc = holder.path("grpc");
    if (grpc.isObject()) {
      rules.port(Tree.child(holder, "grpc").path("port"), at + ".grpc.port");
    }
  }
}
