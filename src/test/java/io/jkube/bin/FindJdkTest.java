package io.jkube.bin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.Outcome;
import io.jkube.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/find-jdk} on machines of which this test makes the folders, blanks in their names. */
final class FindJdkTest {
  @TempDir Path folder;

  private Path machine;
  private Path script;
  private final Map<String, String> environment = new HashMap<>();

  /** The script as it is, but that the machine's root is a folder. */
  @BeforeEach
  void machine() throws IOException {
    machine = Files.createDirectories(folder.resolve("a machine"));
    script = folder.resolve("find-jdk");
    var text = Files.readString(Path.of("bin/find-jdk"));
    for (var place : List.of("/usr/lib/jvm/* /", "/Library/Java", "/opt/homebrew", "/usr/local/")) {
      assertTrue(text.contains(" " + place), place);
      text = text.replace(" " + place, " \"$MACHINE\"" + place);
    }
    FakeJdk.script(script, text);
    for (var tool : List.of("sed", "readlink", "cat")) {
      FakeJdk.script(
          machine.resolve("tools/" + tool),
          "#!/bin/sh\nPATH=/usr/bin:/bin\nexec " + tool + " \"$@\"\n");
    }
    environment.put("MACHINE", machine.toString());
    environment.put("HOME", machine.resolve("home").toString());
    environment.put("PATH", machine.resolve("tools").toString());
  }

  @Test
  void javaHomeComesFirst() throws Exception {
    var chosen = FakeJdk.in(machine.resolve("my jdk"), "25.0.1");
    FakeJdk.in(machine.resolve("usr/lib/jvm/jdk-25"), "25");
    environment.put("JAVA_HOME", chosen.toString());
    assertFinds(chosen);
  }

  @Test
  void thenThePathWhoseLinksAreFollowed() throws Exception {
    var installed = FakeJdk.in(machine.resolve("opt/jdk-25"), "25");
    FakeJdk.in(machine.resolve("usr/lib/jvm/jdk-25"), "25");
    Files.createSymbolicLink(machine.resolve("tools/javac"), installed.resolve("bin/javac"));
    assertFinds(installed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usr/lib/jvm/temurin-25-jdk-amd64",
        "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home",
        "home/Library/Java/JavaVirtualMachines/openjdk.jdk/Contents/Home",
        "opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home",
        "usr/local/opt/openjdk/libexec/openjdk.jdk/Contents/Home",
        "home/.sdkman/candidates/java/25-tem"
      })
  void thenTheUsualFolders(String place) throws Exception {
    assertFinds(FakeJdk.in(machine.resolve(place), "25.0.1"));
  }

  @Test
  void sdkmanMayLieElsewhere() throws Exception {
    environment.put("SDKMAN_DIR", machine.resolve("sdk man").toString());
    assertFinds(FakeJdk.in(machine.resolve("sdk man/candidates/java/25-tem"), "25"));
  }

  @Test
  void laterVersionsWillDo() throws Exception {
    assertFinds(FakeJdk.in(machine.resolve("usr/lib/jvm/jdk-27"), "27-ea"));
  }

  @Test
  void whatWillNotDoIsPassedOver() throws Exception {
    environment.put("JAVA_HOME", FakeJdk.in(machine.resolve("old"), "17.0.15").toString());
    FakeJdk.in(machine.resolve("usr/lib/jvm/jdk-21"), "21");
    runtimeOnly("usr/lib/jvm/jre-25");
    assertFinds(FakeJdk.in(machine.resolve("usr/lib/jvm/zulu-25"), "25"));
  }

  @Test
  void noneIsToldWithWhatWasLookedAtFoundAndIsToBeInstalled() throws Exception {
    var old = FakeJdk.in(machine.resolve("old"), "17.0.15");
    var runtime = runtimeOnly("usr/lib/jvm/jre-25");
    environment.put("JAVA_HOME", old.toString());
    var outcome = find();
    assertEquals(1, outcome.exitCode());
    assertEquals("", outcome.stdout());
    var text = outcome.stderr();
    assertTrue(text.startsWith("error: jkube needs a JDK 25 or later and found none.\n"), text);
    assertTrue(text.contains("Looked at JAVA_HOME (" + old + "), the PATH, "), text);
    assertTrue(text.contains("/home/.sdkman/candidates/java/*.\n"), text);
    assertTrue(text.contains("  JDK 17 in " + old + "\n"), text);
    assertTrue(text.contains("  Java without a compiler, 25 in " + runtime + "\n"), text);
    for (var way : List.of("apt-get install openjdk-25", "brew install", "sdk install java 25")) {
      assertTrue(text.contains(way), text);
    }
  }

  @Test
  void nothingAtAllIsToldTheSameWay() throws Exception {
    var text = find().stderr();
    assertTrue(text.contains("JAVA_HOME (not set)"), text);
    assertTrue(!text.contains("Found:"), text);
  }

  private Path runtimeOnly(String place) throws IOException {
    var runtime = FakeJdk.in(machine.resolve(place), "25");
    Files.delete(runtime.resolve("bin/javac"));
    return runtime;
  }

  private void assertFinds(Path jdk) throws Exception {
    assertEquals(jdk + "\n", find().expectSuccess());
  }

  private Outcome find() throws Exception {
    return Shell.run(folder, environment, new ArrayList<>(List.of(script.toString())));
  }
}
