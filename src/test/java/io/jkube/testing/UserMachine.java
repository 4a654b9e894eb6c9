package io.jkube.testing;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;

/**
 * A person at a terminal with a home of their own: runs {@code bin/jkube} and the real clients as
 * they would. Closing it deletes this person's clusters and everything of them.
 */
public final class UserMachine implements AutoCloseable {
  private static final long LIMIT_MINUTES = 5;
  private static final long PAUSE_MILLIS = 100;

  /** Nobody's number, as far as this machine knows. */
  private static final int ORDINARY_USER = 54_321;

  private final Path home;
  private final String cluster;
  private final Map<String, String> variables = new ConcurrentHashMap<>();

  /** What stands before every command; empty for whoever runs the test. */
  private final List<String> as;

  private UserMachine(Path home, String cluster, List<String> as) {
    this.home = home;
    this.cluster = cluster;
    this.as = as;
  }

  /** Of somebody who is not root, but may use the engine. Only root can be somebody else. */
  public static UserMachine ofOrdinaryUser() throws IOException {
    var home = Files.createTempDirectory("jkube-user");
    Files.setAttribute(home, "unix:uid", ORDINARY_USER);
    Files.setAttribute(home, "unix:gid", ORDINARY_USER);
    var engine = Files.getAttribute(Path.of("/var/run/docker.sock"), "unix:gid");
    var as = "setpriv --reuid=%1$d --regid=%1$d --groups=%2$s".formatted(ORDINARY_USER, engine);
    return new UserMachine(home, someName(), List.of(as.split(" ")));
  }

  private static String someName() {
    return "e2e-" + UUID.randomUUID().toString().substring(0, 8);
  }

  public static UserMachine open() throws IOException {
    return open(someName());
  }

  /** Of a person who calls the cluster so. */
  public static UserMachine open(String cluster) throws IOException {
    return new UserMachine(Files.createTempDirectory("jkube-user"), cluster, List.of());
  }

  /** Sets a variable of this person's environment from now on. */
  public void set(String variable, String value) {
    variables.put(variable, value);
  }

  /** Undoes {@link #set}. */
  public void unset(String variable) {
    variables.remove(variable);
  }

  /** The name of this person's cluster, unlike any other's on the engine. */
  public String cluster() {
    return cluster;
  }

  public Path kubeconfig() {
    return home.resolve("kubeconfig");
  }

  public Path home() {
    return home;
  }

  public Path jkubeHome() {
    return home.resolve("jkube");
  }

  /** {@code bin/jkube} with these words; where they name no cluster, on this person's. */
  public Outcome jkube(String... words) throws IOException, InterruptedException {
    return run(command(program("bin/jkube"), words));
  }

  /** kubectl 1.35, as {@code bin/verify} fetched it. */
  public Outcome kubectl(String... words) throws IOException, InterruptedException {
    return client("kubectl", words);
  }

  /** A client by its name in {@code target/clients}: kubectl, kubectl-1.27, helm; or jkube. */
  public Outcome client(String name, String... words) throws IOException, InterruptedException {
    return run(command(clientProgram(name), words));
  }

  /** A client that goes on, its output in a file; the caller ends it. */
  public Process client(Path output, String name, String... words) throws IOException {
    return builder(command(clientProgram(name), words))
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private static String clientProgram(String name) {
    return program((name.equals("jkube") ? "bin/" : "target/clients/") + name);
  }

  private static String program(String path) {
    var program = Path.of(path).toAbsolutePath();
    Assertions.assertTrue(
        Files.isExecutable(program), program + " is missing: bin/verify sets it up");
    return program.toString();
  }

  private static List<String> command(String program, String... words) {
    var command = new ArrayList<>(List.of(program));
    command.addAll(List.of(words));
    return command;
  }

  /** A server of this person's cluster in the foreground; its log goes to a file of the home. */
  public ForegroundServer foreground(String... words) throws IOException {
    var command =
        command(
            program("bin/jkube"), "start", "--name", cluster, "--foreground", "--output", "json");
    command.addAll(List.of(words));
    var process = builder(command).redirectError(Redirect.appendTo(foregroundLog().toFile()));
    return new ForegroundServer(process.start(), jkubeHome().resolve(cluster));
  }

  /** What servers in the foreground logged. */
  public Path foregroundLog() {
    return home.resolve("foreground.log");
  }

  /** The {@code docker} command, on the machine's engine. */
  public Outcome docker(String... words) throws IOException, InterruptedException {
    return run(command("docker", words));
  }

  /** Asks again and again until it is so; fails after a minute. */
  public void await(String what, Callable<Boolean> question) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!question.call()) {
      Assertions.assertTrue(System.nanoTime() < deadline, "waited in vain for " + what);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
    }
  }

  public Outcome run(List<String> command) throws IOException, InterruptedException {
    var out = Files.createTempFile(home, "out", ".txt");
    var err = Files.createTempFile(home, "err", ".txt");
    var builder = builder(command);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    var process = builder.start();
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      Assertions.fail(command + " did not end within " + LIMIT_MINUTES + " minutes");
    }
    return new Outcome(
        String.join(" ", command),
        process.exitValue(),
        Files.readString(out),
        Files.readString(err));
  }

  private ProcessBuilder builder(List<String> command) {
    var whole = new ArrayList<>(as);
    whole.addAll(command);
    var builder = new ProcessBuilder(whole).redirectInput(Path.of("/dev/null").toFile());
    var environment = builder.environment();
    environment.put("HOME", home.toString());
    environment.put("JKUBE_HOME", jkubeHome().toString());
    environment.put("JKUBE_CLUSTER", cluster);
    environment.put("KUBECONFIG", kubeconfig().toString());
    environment.putAll(variables);
    return builder;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    try {
      for (var left : jkube("list", "-o", "name").expectSuccess().lines().toList()) {
        jkube("delete", "--name", left).expectSuccess();
      }
    } finally {
      try (var files = Files.walk(home)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
