package io.jkube.cluster.kubeconfig;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** A kubeconfig as YAML nodes: what is not edited is written back as it was read. */
final class KubeconfigDocument {
  /** Marks a cluster entry as made by jkube (clientcmd keeps extensions it does not know). */
  private static final String MARK = "jkube";

  private static final String CURRENT_CONTEXT = "current-context";

  private final Yaml yaml;
  private final MappingNode root;

  private KubeconfigDocument(Yaml yaml, MappingNode root) {
    this.yaml = yaml;
    this.root = root;
  }

  static KubeconfigDocument empty() {
    var document = new KubeconfigDocument(newYaml(true), mapping());
    document.set(document.root, "apiVersion", text("v1"));
    document.set(document.root, "kind", text("Config"));
    return document;
  }

  /**
   * @throws YAMLException what stands there is not a mapping in YAML (or JSON)
   */
  static KubeconfigDocument parse(String content) {
    try {
      return parse(content, newYaml(true));
    } catch (ClassCastException commentBetweenBrackets) {
      // SnakeYAML cannot keep a comment within [...]: then all go, as kubectl lets them go.
      return parse(content, newYaml(false));
    }
  }

  private static KubeconfigDocument parse(String content, Yaml yaml) {
    var node = yaml.compose(new StringReader(content));
    if (node == null) {
      return empty();
    }
    if (node instanceof MappingNode root) {
      return new KubeconfigDocument(yaml, root);
    }
    throw new YAMLException("not a mapping but a " + node.getNodeId());
  }

  String text() {
    var out = new StringWriter();
    yaml.serialize(root, out);
    return out.toString();
  }

  String currentContext() {
    return child(root, CURRENT_CONTEXT) instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  /**
   * @param name empty for none
   */
  void setCurrentContext(String name) {
    set(root, CURRENT_CONTEXT, name.isEmpty() ? quoted("") : text(name));
  }

  boolean hasContext(String name) {
    return find("contexts", name).isPresent();
  }

  /** Whether cluster, context or user of this name are there and jkube did not make them. */
  boolean isForeign(String name) {
    boolean taken =
        List.of("clusters", "contexts", "users").stream()
            .anyMatch(list -> find(list, name).isPresent());
    return taken && !isMarked(name);
  }

  void put(KubeconfigEntry entry) {
    var cluster = mapping();
    set(cluster, "certificate-authority-data", data(entry.authorityPem()));
    set(cluster, "extensions", sequence(named(MARK, "extension", marked())));
    set(cluster, "server", text(entry.server()));
    replace("clusters", entry.name(), named(entry.name(), "cluster", cluster));

    var context = mapping();
    set(context, "cluster", text(entry.name()));
    set(context, "user", text(entry.name()));
    replace("contexts", entry.name(), named(entry.name(), "context", keptContext(entry, context)));

    var user = mapping();
    set(user, "client-certificate-data", data(entry.certificatePem()));
    set(user, "client-key-data", data(entry.keyPem()));
    replace("users", entry.name(), named(entry.name(), "user", user));
  }

  void remove(String name) {
    for (var list : List.of("clusters", "contexts", "users")) {
      if (child(root, list) instanceof SequenceNode sequence) {
        sequence.getValue().removeIf(item -> isNamed(item, name));
      }
    }
  }

  /** A person may have set a namespace on our context: it survives the next start. */
  private MappingNode keptContext(KubeconfigEntry entry, MappingNode fresh) {
    find("contexts", entry.name())
        .map(found -> child(found, "context"))
        .map(context -> child(context, "namespace"))
        .ifPresent(namespace -> set(fresh, "namespace", namespace));
    return fresh;
  }

  private boolean isMarked(String name) {
    return find("clusters", name)
        .map(found -> child(found, "cluster"))
        .map(cluster -> child(cluster, "extensions"))
        .filter(SequenceNode.class::isInstance)
        .stream()
        .flatMap(extensions -> ((SequenceNode) extensions).getValue().stream())
        .anyMatch(extension -> isNamed(extension, MARK));
  }

  private Optional<MappingNode> find(String list, String name) {
    return child(root, list) instanceof SequenceNode sequence
        ? sequence.getValue().stream()
            .filter(item -> isNamed(item, name))
            .map(MappingNode.class::cast)
            .findFirst()
        : Optional.empty();
  }

  private void replace(String list, String name, MappingNode entry) {
    var items = items(list);
    for (int i = 0; i < items.size(); i++) {
      if (isNamed(items.get(i), name)) {
        items.set(i, entry);
        return;
      }
    }
    items.add(entry);
  }

  private List<Node> items(String list) {
    if (child(root, list) instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
      return sequence.getValue();
    }
    // Absent, null or [], whose flow style would make one long line of what is added.
    var sequence = sequence();
    set(root, list, sequence);
    return sequence.getValue();
  }

  private static boolean isNamed(Node item, String name) {
    return child(item, "name") instanceof ScalarNode scalar && scalar.getValue().equals(name);
  }

  private static Node child(Node node, String key) {
    if (node instanceof MappingNode mapping) {
      for (var tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key)) {
          return tuple.getValueNode();
        }
      }
    }
    return null;
  }

  private void set(MappingNode mapping, String key, Node value) {
    var tuples = mapping.getValue();
    for (int i = 0; i < tuples.size(); i++) {
      if (tuples.get(i).getKeyNode() instanceof ScalarNode scalar
          && scalar.getValue().equals(key)) {
        tuples.set(i, new NodeTuple(scalar, value));
        return;
      }
    }
    tuples.add(new NodeTuple(text(key), value));
  }

  private MappingNode named(String name, String field, Node content) {
    var item = mapping();
    set(item, field, content);
    set(item, "name", text(name));
    return item;
  }

  private MappingNode marked() {
    var mark = mapping();
    set(mark, "provider", text(MARK));
    return mark;
  }

  private static MappingNode mapping() {
    return new MappingNode(Tag.MAP, new ArrayList<>(), FlowStyle.BLOCK);
  }

  private static SequenceNode sequence(Node... items) {
    return new SequenceNode(Tag.SEQ, new ArrayList<>(List.of(items)), FlowStyle.BLOCK);
  }

  private static ScalarNode text(String value) {
    return new ScalarNode(Tag.STR, value, null, null, ScalarStyle.PLAIN);
  }

  private static ScalarNode quoted(String value) {
    return new ScalarNode(Tag.STR, value, null, null, ScalarStyle.DOUBLE_QUOTED);
  }

  private static ScalarNode data(byte[] content) {
    return text(KubeconfigEntry.base64(content));
  }

  private static Yaml newYaml(boolean comments) {
    var loading = new LoaderOptions();
    loading.setProcessComments(comments);
    loading.setAllowDuplicateKeys(false);
    var dumping = new DumperOptions();
    dumping.setProcessComments(comments);
    dumping.setSplitLines(false);
    dumping.setIndentWithIndicator(false);
    return new Yaml(new SafeConstructor(loading), new Representer(dumping), dumping, loading);
  }
}
