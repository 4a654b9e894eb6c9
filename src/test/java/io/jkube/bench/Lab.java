package io.jkube.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Where a run measures: a folder with JKUBE_HOME and kubeconfig of its own, and the clusters
 * started in it. Closing it deletes every cluster and the folder.
 */
final class Lab implements AutoCloseable {
  private final Path sources;
  private final Path folder;
  private final Program program;
  private final PrintStream progress;
  private final List<String> clusters = new ArrayList<>();

  private Lab(Path sources, Path folder, PrintStream progress) {
    this.sources = sources;
    this.folder = folder;
    this.progress = progress;
    this.program =
        new Program(
            folder,
            Map.of(
                "JKUBE_HOME", folder.resolve("home").toString(),
                "KUBECONFIG", folder.resolve("kubeconfig").toString(),
                "KUBECACHEDIR", folder.resolve("kubectl-cache").toString()));
  }

  /**
   * @param sources the source tree, with bin/jkube
   */
  static Lab open(Path sources, PrintStream progress) throws IOException {
    return new Lab(sources, Files.createTempDirectory("jkube-bench"), progress);
  }

  Program program() {
    return program;
  }

  Path folder() {
    return folder;
  }

  void say(String what) {
    progress.println("bench: " + what);
  }

  /** {@code bin/jkube} as a command to run. */
  List<String> jkube(String... words) {
    var command = new ArrayList<>(List.of(sources.resolve("bin/jkube").toString()));
    command.addAll(List.of(words));
    return command;
  }

  /** A Java process of one of these classes with the server's flags but without its AOT cache. */
  List<String> java(Class<?> main, String... words) {
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.add("@" + sources.resolve("bin/server.jvm"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(words));
    return command;
  }

  /** kubectl as {@code bin/verify} fetched it, else that of the PATH. */
  Path kubectl() throws Unmeasurable {
    var fetched = sources.resolve("target/clients/kubectl");
    return Files.isExecutable(fetched)
        ? fetched
        : Program.find("kubectl", "bin/verify fetches one into target/clients");
  }

  /** Starts a cluster with the flags given; {@link RunningCluster#close} deletes it. */
  RunningCluster cluster(String... flags) throws IOException {
    var name = newName();
    var command = jkube("start", "--name", name, "--port", "0");
    command.addAll(List.of(flags));
    program.run(command).expectSuccess();
    return RunningCluster.of(name, folder.resolve("home").resolve(name), this);
  }

  /** A name for a cluster that no other run has; the cluster is deleted at the end of the lab. */
  String newName() {
    var name = "bench-" + ProcessHandle.current().pid() + "-" + clusters.size();
    clusters.add(name);
    return name;
  }

  /** Deletes a cluster, if it is still there. */
  void delete(String name) throws IOException {
    if (Files.exists(folder.resolve("home").resolve(name))) {
      program.run(jkube("delete", "--name", name)).expectSuccess();
    }
  }

  /** The end when somebody interrupts: says what it could not take away. */
  void closeQuietly() {
    try {
      close();
    } catch (IOException left) {
      say("not cleaned up: " + left);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    for (var name : clusters) {
      delete(name);
    }
    clusters.clear();
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
