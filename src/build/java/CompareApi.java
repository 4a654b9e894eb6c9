import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.builtin.BuiltinKinds;
import io.jkube.registry.openapi.OpenApiDocuments;
import io.jkube.registry.schema.BuiltinDefinitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares the API that jkube serves with published OpenAPI v3 documents: group versions, paths
 * (kinds, scopes, verbs, subresources, parameters, media types) and definitions (fields, types,
 * defaults, list types, merge keys). Texts for people are not compared, nor are what Kubernetes
 * leaves off by default (alpha and beta versions) the old paths with /watch/ in them, CBOR, and
 * x-kubernetes-unions.
 *
 * <p>Usage: java CompareApi.java DIR, where DIR holds api/v1.json, apis/apps/v1.json and so on.
 * Prints a line a difference; ends with 1 when there are any.
 */
final class CompareApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

  /** An encoding that Kubernetes leaves off by default too. */
  private static final String ALPHA_ENCODING = "application/.*cbor.*";

  /** Definitions that only the old watches refer to, and one that lists every group there ever was. */
  private static final List<String> LEFT_OUT =
      List.of(
          META + "WatchEvent",
          "io.k8s.apimachinery.pkg.runtime.RawExtension",
          META + "DeleteOptions x-kubernetes-group-version-kind");

  private final Map<String, JsonNode> published = new TreeMap<>();
  private final Map<String, JsonNode> own = new TreeMap<>();
  private final TreeSet<String> found = new TreeSet<>();

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1 || !Files.isDirectory(Path.of(arguments[0]))) {
      System.err.println("usage: bin/compare-api DIR   (a folder with api/v1.json, apis/apps/v1.json, ...)");
      System.exit(2);
    }
    var comparison = new CompareApi();
    comparison.make();
    comparison.read(Path.of(arguments[0]));
    comparison.compare();
    comparison.found.forEach(System.out::println);
    System.out.println(
        comparison.found.size()
            + " differences in "
            + comparison.published.size()
            + " group versions");
    System.exit(comparison.found.isEmpty() ? 0 : 1);
  }

  private void read(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
        var name = folder.relativize(file).toString().replace(".json", "");
        if (own.containsKey(name) || !name.matches(".*/v[0-9]+(alpha|beta)[0-9]+")) {
          published.put(name, JSON.readTree(file.toFile()));
        }
      }
    }
  }

  private void make() throws IOException {
    var catalog = BuiltinKinds.catalog(InstantSource.system());
    var documents = new OpenApiDocuments(catalog, new BuiltinDefinitions(), "v1.35.0");
    for (var name : documents.paths()) {
      own.put(name, JSON.readTree(documents.v3(name).orElseThrow()));
    }
  }

  private void compare() {
    for (var name : union(published.keySet(), own.keySet())) {
      if (!own.containsKey(name)) {
        found.add(name + ": not served");
      } else if (!published.containsKey(name)) {
        found.add(name + ": served, but not published");
      } else {
        compare(name, published.get(name), own.get(name));
      }
    }
  }

  private void compare(String name, JsonNode theirs, JsonNode ours) {
    differ(name, paths(theirs.path("paths")), paths(ours.path("paths")));
    differ(
        name,
        plain(theirs.at("/components/schemas")),
        plain(ours.at("/components/schemas")));
  }

  /** The paths of resources, each call with all its parameters; the old watches are left out. */
  private static JsonNode paths(JsonNode paths) {
    var kept = JSON.createObjectNode();
    for (var path : paths.properties()) {
      if (!path.getKey().contains("/watch/")) {
        var calls = (ObjectNode) plain(path.getValue());
        var shared = calls.remove("parameters");
        for (var call : calls) {
          if (shared instanceof ObjectNode parameters) {
            ((ObjectNode) call).withObject("/parameters").setAll(parameters);
          }
        }
        kept.set(path.getKey(), calls);
      }
    }
    return kept;
  }

  /** Without what is for people; lists whose order says nothing become objects by name. */
  private static JsonNode plain(JsonNode node) {
    if (node instanceof ArrayNode array) {
      return list(array);
    }
    if (!node.isObject()) {
      return node;
    }
    if (node.size() <= 2 && node.path("allOf").size() == 1 && isTextOnly(node)) {
      return plain(node.get("allOf").get(0)); // says the same as what it refers to
    }
    var copy = JSON.createObjectNode();
    for (var field : node.properties()) {
      boolean text = field.getKey().equals("description") && field.getValue().isTextual();
      boolean unread = field.getKey().equals("x-kubernetes-unions");
      if (!text && !unread && !field.getKey().matches(ALPHA_ENCODING)) {
        copy.set(field.getKey(), plain(field.getValue()));
      }
    }
    return copy;
  }

  private static boolean isTextOnly(JsonNode node) {
    return node.size() == 1 || node.has("description");
  }

  private static JsonNode list(ArrayNode array) {
    boolean named = !array.isEmpty() && array.get(0).has("in");
    boolean words = !array.isEmpty() && array.get(0).isTextual();
    if (!named && !words) {
      var copy = JSON.createArrayNode();
      array.forEach(each -> copy.add(plain(each)));
      return copy;
    }
    var byName = JSON.createObjectNode();
    for (var each : array) {
      byName.set(
          words ? each.textValue() : each.get("in").textValue() + " " + each.get("name").textValue(),
          words ? JSON.createObjectNode() : plain(each));
    }
    return byName;
  }

  private void differ(String at, JsonNode theirs, JsonNode ours) {
    if (theirs instanceof ObjectNode one && ours instanceof ObjectNode other) {
      for (var field : union(names(one), names(other))) {
        var path = at + " " + field;
        if (!other.has(field) && LEFT_OUT.stream().anyMatch(path::endsWith)) {
          continue;
        } else if (!other.has(field)) {
          found.add(path + ": missing " + shown(one.get(field)));
        } else if (!one.has(field)) {
          found.add(path + ": not published " + shown(other.get(field)));
        } else {
          differ(path, one.get(field), other.get(field));
        }
      }
    } else if (!theirs.equals(ours)) {
      found.add(at + ": published " + shown(theirs) + ", here " + shown(ours));
    }
  }

  private static String shown(JsonNode node) {
    var text = node.toString();
    return text.length() > 120 ? text.substring(0, 120) + "..." : text;
  }

  private static List<String> names(ObjectNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static TreeSet<String> union(Iterable<String> one, Iterable<String> other) {
    var all = new TreeSet<String>();
    one.forEach(all::add);
    other.forEach(all::add);
    return all;
  }
}
