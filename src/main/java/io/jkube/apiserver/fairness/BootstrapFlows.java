package io.jkube.apiserver.fairness;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The levels and schemas that every cluster has from the beginning; read off the resource {@code
 * flowcontrol/bootstrap.txt}, which says how it is written.
 */
public final class BootstrapFlows {
  public static final GroupVersionResource SCHEMAS =
      new GroupVersionResource("flowcontrol.apiserver.k8s.io", "v1", "flowschemas");
  public static final GroupVersionResource LEVELS =
      new GroupVersionResource("flowcontrol.apiserver.k8s.io", "v1", "prioritylevelconfigurations");

  /** Whose value says whether the server may bring an object's spec up to date. */
  public static final String AUTO_UPDATE = "apf.kubernetes.io/autoupdate-spec";

  private static final String API_VERSION = "flowcontrol.apiserver.k8s.io/v1";

  /** Those that hold even where somebody has deleted them. */
  private static final Set<String> MANDATORY = Set.of("exempt", "catch-all");

  private final List<ObjectNode> levels = new ArrayList<>();
  private final List<ObjectNode> schemas = new ArrayList<>();

  private BootstrapFlows() {}

  private static BootstrapFlows read() {
    var flows = new BootstrapFlows();
    text().lines().forEach(flows::read);
    return flows;
  }

  /** The caller's own. */
  public static List<ObjectNode> levels() {
    return read().levels;
  }

  /** The caller's own. */
  public static List<ObjectNode> schemas() {
    return read().schemas;
  }

  public static boolean isMandatory(ObjectNode object) {
    return MANDATORY.contains(object.at("/metadata/name").asText());
  }

  static List<ObjectNode> mandatoryLevels() {
    return levels().stream().filter(BootstrapFlows::isMandatory).toList();
  }

  static List<ObjectNode> mandatorySchemas() {
    return schemas().stream().filter(BootstrapFlows::isMandatory).toList();
  }

  private static String text() {
    try (var in = BootstrapFlows.class.getResourceAsStream("/flowcontrol/bootstrap.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException("the jar is broken", broken);
    }
  }

  private void read(String line) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    var words = Arrays.asList(line.strip().split(" +"));
    if (line.startsWith(" ")) {
      rule((ObjectNode) schemas.getLast().at("/spec/rules/0"), words);
      return;
    }
    switch (words.getFirst()) {
      case "exempt" -> exempt(words.get(1));
      case "level" -> level(words);
      case "schema" -> schema(words);
      default -> throw new IllegalStateException("bootstrap.txt: " + line);
    }
  }

  private void exempt(String name) {
    var spec = object("PriorityLevelConfiguration", name, levels).putObject("spec");
    spec.put("type", "Exempt");
    spec.putObject("exempt").put("nominalConcurrencyShares", 0).put("lendablePercent", 0);
  }

  private void level(List<String> words) {
    var spec = object("PriorityLevelConfiguration", words.get(1), levels).putObject("spec");
    var limited = spec.put("type", "Limited").putObject("limited");
    limited.put("nominalConcurrencyShares", Integer.parseInt(words.get(2)));
    limited.put("lendablePercent", Integer.parseInt(words.get(3)));
    var response = limited.putObject("limitResponse");
    if (words.size() == 4) {
      response.put("type", "Reject");
      return;
    }
    response
        .put("type", "Queue")
        .putObject("queuing")
        .put("queues", Integer.parseInt(words.get(4)))
        .put("handSize", Integer.parseInt(words.get(5)))
        .put("queueLengthLimit", Integer.parseInt(words.get(6)));
  }

  private void schema(List<String> words) {
    var spec = object("FlowSchema", words.get(1), schemas).putObject("spec");
    spec.put("matchingPrecedence", Integer.parseInt(words.get(2)));
    spec.putObject("priorityLevelConfiguration").put("name", words.get(3));
    if (!words.get(4).equals("-")) {
      spec.putObject("distinguisherMethod").put("type", words.get(4));
    }
    var subjects = spec.putArray("rules").addObject().putArray("subjects");
    words.subList(5, words.size()).forEach(each -> subject(each, subjects.addObject()));
  }

  private static void subject(String text, ObjectNode subject) {
    var name = text.substring(text.indexOf(':') + 1);
    switch (text.substring(0, text.indexOf(':'))) {
      case "user" -> subject.put("kind", "User").putObject("user").put("name", name);
      case "group" -> subject.put("kind", "Group").putObject("group").put("name", name);
      case "account" ->
          subject
              .put("kind", "ServiceAccount")
              .putObject("serviceAccount")
              .put("namespace", name.split("/")[0])
              .put("name", name.split("/")[1]);
      default -> throw new IllegalStateException("bootstrap.txt: " + text);
    }
  }

  private static void rule(ObjectNode rule, List<String> words) {
    if (words.get(1).equals("url")) {
      var paths = rule.withArray("nonResourceRules").addObject();
      list(words.get(0), paths.putArray("verbs"));
      list(words.get(2), paths.putArray("nonResourceURLs"));
      return;
    }
    var resources = rule.withArray("resourceRules").addObject();
    list(words.get(0), resources.putArray("verbs"));
    list(words.get(1).equals("core") ? "" : words.get(1), resources.putArray("apiGroups"));
    list(words.get(2), resources.putArray("resources"));
    var scopes = words.get(3);
    if (scopes.startsWith("cluster")) {
      resources.put("clusterScope", true);
    }
    list(scopes.replaceFirst("^cluster,", ""), resources.putArray("namespaces"));
  }

  private static void list(String text, ArrayNode into) {
    Arrays.asList(text.split(",")).forEach(into::add);
  }

  private static ObjectNode object(String kind, String name, List<ObjectNode> all) {
    var object = Json.object().put("apiVersion", API_VERSION).put("kind", kind);
    object
        .putObject("metadata")
        .put("name", name)
        .putObject("annotations")
        .put(AUTO_UPDATE, "true");
    all.add(object);
    return object;
  }
}
