package io.jkube.cli.resource;

import io.jkube.cli.command.CommandContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The namespace that the kubeconfig sets for the cluster's context, so that {@code kubectl config
 * set-context --current --namespace} holds here too.
 */
final class KubeconfigNamespace {
  private static final String DEFAULT = "default";

  private KubeconfigNamespace() {}

  static String of(CommandContext context) {
    for (var file : files(context)) {
      if (Files.isReadable(file) && namespace(file, context.cluster()) instanceof String found) {
        return found;
      }
    }
    return DEFAULT;
  }

  private static List<Path> files(CommandContext context) {
    var named = context.environment().getOrDefault("KUBECONFIG", "");
    return named.isEmpty()
        ? List.of(Path.of(context.environment().getOrDefault("HOME", "/"), ".kube", "config"))
        : List.of(named.split(":")).stream().map(context::path).toList();
  }

  private static Object namespace(Path file, String cluster) {
    try (var reader = Files.newBufferedReader(file)) {
      var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
      if (yaml.load(reader) instanceof Map<?, ?> config
          && config.get("contexts") instanceof List<?> contexts) {
        for (var entry : contexts) {
          if (entry instanceof Map<?, ?> named
              && cluster.equals(named.get("name"))
              && named.get("context") instanceof Map<?, ?> settings) {
            return settings.get("namespace");
          }
        }
      }
    } catch (IOException | YAMLException unreadable) {
      // A kubeconfig that cannot be read has no say here; kubectl itself complains about it.
      return null;
    }
    return null;
  }
}
