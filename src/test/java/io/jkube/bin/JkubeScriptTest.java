package io.jkube.bin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.Outcome;
import io.jkube.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bin/jkube} and {@code bin/build} in a checkout that this test makes, with a blank in its
 * name. Maven and the JDK are stand-ins: the one makes jars, the other says what it was called
 * with.
 */
final class JkubeScriptTest {
  private static final String MAVEN =
      """
      #!/bin/sh
      echo built >> "$BUILDS"
      [ ! -e broken ] || { echo 'the compiler complains'; exit 1; }
      mkdir -p target/lib
      cat src/main/java/Main.java > target/jkube.jar
      echo client > target/jkube-client.jar
      echo library > target/lib/picocli-1.jar
      """;

  @TempDir Path folder;

  private Path checkout;
  private Path source;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void checkout() throws IOException {
    checkout = folder.resolve("a checkout");
    Files.createDirectories(checkout.resolve("bin"));
    try (var files = Files.list(Path.of("bin"))) {
      for (var file : files.toList()) {
        var copy = Files.copy(file, checkout.resolve("bin").resolve(file.getFileName()));
        age(copy);
      }
    }
    for (var program : List.of("PretendEngine", "RenewClasses", "UseServer")) {
      write("src/build/java/" + program + ".java", "");
    }
    write("pom.xml", "<project/>");
    source = write("src/main/java/Main.java", "one");
    FakeJdk.script(folder.resolve("tools/mvn"), MAVEN);
    environment.put("PATH", folder.resolve("tools") + ":/usr/bin:/bin");
    environment.put("BUILDS", folder.resolve("builds").toString());
    environment.put("HOME", folder.toString());
    environment.put("JAVA_HOME", FakeJdk.in(folder.resolve("my jdk"), "25").toString());
  }

  /** A file that was there before anything was built. */
  private Path write(String path, String text) throws IOException {
    var file = checkout.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    age(file);
    return file;
  }

  private static void age(Path file) throws IOException {
    var hourAgo = Files.getLastModifiedTime(file).toInstant().minus(Duration.ofHours(1));
    Files.setLastModifiedTime(file, FileTime.from(hourAgo));
    for (var up = file.getParent(); !up.endsWith("a checkout"); up = up.getParent()) {
      Files.setLastModifiedTime(up, FileTime.from(hourAgo));
    }
  }

  @Test
  void theFirstUseBuildsWithOneLineOfTalk() throws Exception {
    var outcome = jkube("help");
    assertEquals("jkube: building (the first time)\n", outcome.stderr());
    var called = outcome.expectSuccess().lines().toList();
    assertEquals("help", called.getLast());
    assertTrue(called.contains("-jar"), outcome::toString);
    assertTrue(called.getFirst().matches("@.*/a checkout/bin/[a-z]+\\.jvm"), outcome::toString);
    assertTrue(called.get(1).matches("-XX:AOTCache=.*/a checkout/target/run/.*/server.aot"));
  }

  @Test
  void whatIsCurrentIsNotBuiltAgain() throws Exception {
    jkube("help").expectSuccess();
    assertEquals("", jkube("get", "pods").stderr());
    assertEquals(1, builds());
  }

  @Test
  void aNewerSourceIsBuiltAndNamed() throws Exception {
    jkube("help").expectSuccess();
    var before = appFolder(jkube("help"));
    Files.writeString(source, "two");
    var outcome = jkube("help");
    assertEquals(
        "jkube: building (src/main/java/Main.java is newer than the last build)\n",
        outcome.stderr());
    assertFalse(appFolder(outcome).equals(before), "caches of other jars must not be used");
    assertFalse(Files.exists(Path.of(before)), "the last build's jars are gone");
    assertEquals("", jkube("help").stderr());
    assertEquals(2, builds());
  }

  @Test
  void aBuildThatFailsIsToldAndTriedAgain() throws Exception {
    Files.createFile(checkout.resolve("broken"));
    for (int time = 1; time <= 2; time++) {
      var outcome = jkube("help");
      assertEquals(1, outcome.exitCode());
      assertEquals("", outcome.stdout());
      assertTrue(outcome.stderr().contains("the compiler complains"), outcome::toString);
      assertEquals(time, builds());
    }
  }

  @Test
  void withoutMavenItSaysWhatToInstall() throws Exception {
    Files.delete(folder.resolve("tools/mvn"));
    for (var tool : List.of("sh", "sed", "find", "mkdir", "mktemp", "rm", "touch", "cat")) {
      FakeJdk.script(
          folder.resolve("tools/" + tool),
          "#!/bin/sh\nPATH=/usr/bin:/bin\nexec " + tool + " \"$@\"\n");
    }
    environment.put("PATH", folder.resolve("tools").toString());
    var outcome = jkube("help");
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.stderr().contains("apt-get install maven"), outcome::toString);
  }

  @Test
  void throughLinksItFindsItsFolder() throws Exception {
    jkube("help").expectSuccess();
    Files.createDirectories(folder.resolve("links"));
    var relative = folder.resolve("links/relative");
    Files.createSymbolicLink(relative, Path.of("../a checkout/bin/jkube"));
    var second = folder.resolve("links/second");
    Files.createSymbolicLink(second, relative);
    for (var link : List.of(relative, second)) {
      var outcome = Shell.run(folder, environment, List.of(link.toString(), "help"));
      assertEquals("help", outcome.expectSuccess().lines().toList().getLast());
    }
    assertEquals(1, builds());
  }

  @Test
  void completionNeverBuilds() throws Exception {
    var outcome = jkube("__complete", "st");
    assertEquals("", outcome.expectSuccess() + outcome.stderr());
    assertEquals(0, builds());
  }

  @Test
  void whoMayNotWriteUsesACurrentBuild() throws Exception {
    jkube("help").expectSuccess();
    protect();
    environment.remove("JAVA_HOME");
    var outcome = asSomebodyElse("help");
    assertEquals("help", outcome.expectSuccess().lines().toList().getLast());
    assertEquals("", outcome.stderr());
  }

  @Test
  void whoMayNotWriteIsToldThatTheBuildIsNotCurrent() throws Exception {
    jkube("help").expectSuccess();
    Files.writeString(source, "two");
    protect();
    var outcome = asSomebodyElse("help");
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.stderr().endsWith("/target/run cannot be written\n"), outcome::toString);
  }

  /** The folder with jars and caches that java was called with. */
  private static String appFolder(Outcome outcome) {
    var jar = outcome.stdout().lines().filter(line -> line.endsWith("/jkube.jar")).findFirst();
    return jar.orElseThrow().replace("/jkube.jar", "");
  }

  private long builds() throws IOException {
    var builds = folder.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  /** Everybody may read, nobody write; the folder of a test is its owner's alone at first. */
  private void protect() throws IOException {
    Files.setPosixFilePermissions(folder, EnumSet.allOf(PosixFilePermission.class));
    try (var files = Files.walk(checkout)) {
      for (var file : files.toList()) {
        var modes = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        modes.removeAll(
            EnumSet.of(
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_WRITE,
                PosixFilePermission.OTHERS_WRITE));
        modes.addAll(EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ));
        if (Files.isDirectory(file)) {
          modes.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        Files.setPosixFilePermissions(file, modes);
      }
    }
  }

  private Outcome jkube(String... words) throws Exception {
    return run(List.of(), words);
  }

  /** Root may write everywhere, so it becomes nobody. */
  private Outcome asSomebodyElse(String... words) throws Exception {
    boolean root = System.getProperty("user.name").equals("root");
    return run(
        root ? List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups") : List.of(),
        words);
  }

  private Outcome run(List<String> before, String... words) throws Exception {
    var command = new ArrayList<>(before);

    command.add(checkout.resolve("bin/jkube").toString());
    command.addAll(List.of(words));
    return Shell.run(folder, environment, command);
  }
}
