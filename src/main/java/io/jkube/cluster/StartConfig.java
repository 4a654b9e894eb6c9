package io.jkube.cluster;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.representer.Representer;

/** The file of {@code jkube start --config}: settings by the names of the flags, in YAML. */
public final class StartConfig {
  private StartConfig() {}

  /**
   * @return {@code settings} with what the file says
   * @throws IllegalArgumentException a line is wrong: its number and what is wrong with it
   * @throws IOException the file cannot be read
   */
  public static StartSettings read(Path file, StartSettings settings) throws IOException {
    var root = parse(file, Files.readString(file));
    if (root == null) {
      return settings;
    }
    if (!(root instanceof MappingNode mapping)) {
      throw wrong(file, root, "not a mapping of settings");
    }
    for (var tuple : mapping.getValue()) {
      settings = apply(file, tuple, settings);
    }
    return settings;
  }

  private static StartSettings apply(Path file, NodeTuple tuple, StartSettings settings) {
    if (tuple.getKeyNode() instanceof ScalarNode key
        && tuple.getValueNode() instanceof ScalarNode value) {
      try {
        return settings.with(key.getValue(), value(file, key.getValue(), value.getValue()));
      } catch (IllegalArgumentException refused) {
        throw wrong(file, key, refused.getMessage());
      }
    }
    throw wrong(file, tuple.getKeyNode(), "a setting has one value");
  }

  /** A path stands as seen from the file that names it. */
  private static String value(Path file, String key, String value) {
    return StartSettings.FILE_KEYS.contains(key)
        ? file.toAbsolutePath().resolveSibling(value).toString()
        : value;
  }

  private static Node parse(Path file, String text) {
    try {
      var loading = new LoaderOptions();
      loading.setAllowDuplicateKeys(false);
      var dumping = new DumperOptions();
      return new Yaml(new SafeConstructor(loading), new Representer(dumping), dumping, loading)
          .compose(new StringReader(text));
    } catch (MarkedYAMLException malformed) {
      throw new IllegalArgumentException(
          file + ":" + (malformed.getProblemMark().getLine() + 1) + ": " + malformed.getProblem(),
          malformed);
    }
  }

  private static IllegalArgumentException wrong(Path file, Node node, String what) {
    return new IllegalArgumentException(
        file + ":" + (node.getStartMark().getLine() + 1) + ": " + what);
  }
}
