package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import io.jkube.testing.UserMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tour in README.md, typed as it stands there: it says what a person sees. */
@Timeout(180)
final class ReadmeTourIT {
  private static final String TOUR = "## A short tour";
  private static final String ANYTHING = "...";

  /** A command, and the lines that README shows below it. */
  private record Step(String command, List<String> shown) {}

  @Test
  void readmeSaysWhatAPersonSees() throws Exception {
    BusyboxImage.in(DockerFixture.ENGINE);
    try (var user = UserMachine.open()) {
      var steps = steps();
      assertTrue(steps.size() >= 6, "where is the tour?");
      for (var step : steps) {
        var words = step.command().replaceAll("\\s+#.*", "").split(" ");
        var arguments = List.of(words).subList(1, words.length).toArray(String[]::new);
        var seen =
            switch (words[0]) {
              case "bin/jkube" -> user.jkube(arguments);
              case "kubectl" -> user.kubectl(arguments);
              default -> throw new AssertionError("who runs " + step.command() + "?");
            };
        assertEquals(0, seen.exitCode(), seen.toString());
        compare(step, (seen.stdout() + seen.stderr()).replace(user.cluster(), "jkube"));
      }
    }
  }

  private static void compare(Step step, String seen) {
    var expected = step.shown().stream().map(ReadmeTourIT::normal).toList();
    var actual = seen.lines().map(ReadmeTourIT::normal).filter(line -> !isProgress(line)).toList();
    if (expected.contains(ANYTHING)) {
      expected = expected.stream().filter(line -> !line.equals(ANYTHING)).toList();
      assertTrue(actual.containsAll(expected), expected + "\nis not all there:\n" + seen);
    } else {
      assertEquals(expected, actual, step.command());
    }
  }

  /** Without what differs from run to run: times, revisions, ports, the width of columns. */
  private static String normal(String line) {
    return line.replaceAll("127.0.0.1:\\d+", "127.0.0.1:PORT")
        .replaceAll("\\b[\\d.]+ ?m?s\\b", "TIME")
        .replaceAll("kubectl/v[^\"]*", "kubectl")
        .replaceAll(" +\\d+ +$", " REVISION")
        .replaceAll("(seen|bound|stored|running) +\\d+", "$1 REVISION")
        .replaceAll(" +", " ")
        .strip();
  }

  /** Only a terminal gets by without a line for each step of the start. */
  private static boolean isProgress(String line) {
    return line.matches("[A-Z][A-Za-z ]+ TIME");
  }

  private static List<Step> steps() throws IOException {
    var readme = Files.readString(Path.of("README.md"));
    var block = readme.substring(readme.indexOf(TOUR)).split("```")[1];
    var steps = new ArrayList<Step>();
    for (var line : block.strip().lines().toList()) {
      if (line.startsWith("$ ")) {
        steps.add(new Step(line.substring(2), new ArrayList<>()));
      } else {
        steps.getLast().shown().add(line);
      }
    }
    return steps;
  }
}
