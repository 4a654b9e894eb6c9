package io.jkube.cli.resource;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code -f} and {@code -R}: manifests to work on. */
public final class FileFlags {
  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE",
      split = ",",
      description =
          "A file, folder or URL with manifests, YAML or JSON; - for stdin. May be repeated.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = {"-R", "--recursive"},
      description = "Folders with their subfolders.")
  private boolean recursive;

  public boolean isEmpty() {
    return files.isEmpty();
  }

  public List<String> files() {
    return files;
  }

  public boolean isRecursive() {
    return recursive;
  }
}
