package io.jkube.cluster.kubeconfig;

import io.jkube.cluster.folder.PrivateFiles;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** The file that kubectl would write to; every edit is under its lock and whole. */
public final class KubeconfigFile {
  private final Path file;

  public KubeconfigFile(Path file) {
    this.file = Objects.requireNonNull(file, "file");
  }

  /** The first file of $KUBECONFIG, else {@code ~/.kube/config}. */
  public static KubeconfigFile of(Map<String, String> environment) {
    var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    var listed = environment.getOrDefault("KUBECONFIG", "").split(File.pathSeparator);
    return new KubeconfigFile(
        Arrays.stream(listed)
            .filter(path -> !path.isEmpty())
            .findFirst()
            .map(Path::of)
            .orElse(Path.of(home, ".kube", "config"))
            .toAbsolutePath());
  }

  public Path path() {
    return file;
  }

  /**
   * Adds or renews the entry and makes it current.
   *
   * @return the context that was current before, empty when there was none
   * @throws KubeconfigException the file cannot be read as a kubeconfig, is locked for too long, or
   *     has an entry of that name which jkube did not make
   */
  public String merge(KubeconfigEntry entry) throws KubeconfigException, InterruptedException {
    try (var target = lock()) {
      var document = read(target.path());
      if (document.isForeign(entry.name())) {
        throw new KubeconfigException(
            file
                + " has an entry \""
                + entry.name()
                + "\" that jkube did not make; it stays as it is. Start the cluster under another"
                + " --name, or set KUBECONFIG to another file.");
      }
      var before = document.currentContext();
      document.put(entry);
      document.setCurrentContext(entry.name());
      write(target.path(), document);
      return before;
    }
  }

  /**
   * Removes the entry if jkube made it; where its context was current, {@code previousContext}
   * becomes current again, or none when that is gone too.
   */
  public void remove(String name, String previousContext)
      throws KubeconfigException, InterruptedException {
    if (!Files.exists(file)) {
      return;
    }
    try (var target = lock()) {
      var document = read(target.path());
      if (document.isForeign(name)) {
        return;
      }
      var current = document.currentContext();
      document.remove(name);
      if (current.equals(name)) {
        document.setCurrentContext(document.hasContext(previousContext) ? previousContext : "");
      }
      write(target.path(), document);
    }
  }

  private KubeconfigLock lock() throws KubeconfigException, InterruptedException {
    try {
      return KubeconfigLock.take(file);
    } catch (IOException failure) {
      throw new KubeconfigException("cannot write " + file + ": " + failure, failure);
    }
  }

  private KubeconfigDocument read(Path path) throws KubeconfigException {
    try {
      return KubeconfigDocument.parse(Files.readString(path));
    } catch (NoSuchFileException none) {
      return KubeconfigDocument.empty();
    } catch (IOException failure) {
      throw new KubeconfigException("cannot read " + file + ": " + failure, failure);
    } catch (YAMLException malformed) {
      throw new KubeconfigException(
          file
              + " is not a kubeconfig ("
              + where(malformed)
              + "); it stays as it is. Mend it, or set KUBECONFIG to another file.",
          malformed);
    }
  }

  /** Without the lines around the fault that SnakeYAML likes to show: they may hold a secret. */
  private static String where(YAMLException malformed) {
    return malformed instanceof MarkedYAMLException marked && marked.getProblemMark() != null
        ? marked.getProblem() + " in line " + (marked.getProblemMark().getLine() + 1)
        : malformed.getMessage();
  }

  private void write(Path path, KubeconfigDocument document) throws KubeconfigException {
    try {
      PrivateFiles.write(path, document.text().getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new KubeconfigException("cannot write " + file + ": " + failure, failure);
    }
  }
}
