package io.jkube.cli.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.testing.ScriptedApi;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What words of a command line mean, by discovery. */
final class ResourceArgumentsTest {
  private final ResourceArguments arguments =
      new ResourceArguments(new Discovery(new ScriptedApi().discovery()));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pods             | pods",
        "Pod              | pods",
        "po a b           | pods/a pods/b",
        "pod/a svc/b      | pods/a services/b",
        "pods,svc         | pods services",
        "all              | pods services",
        "deployments.apps | deployments",
        "deploy.v1.apps a | deployments/a",
        "pods.v1 a        | pods/a"
      })
  void mean(String typed, String expected) {
    var read =
        arguments.read(List.of(typed.split(" "))).stream()
            .map(
                target ->
                    target.type().resource().resource()
                        + (target.isCollection() ? "" : "/" + target.name()))
            .collect(Collectors.joining(" "));
    assertEquals(expected, read);
  }

  @Test
  void makeNoSense() {
    assertEquals("the server doesn't have a resource type \"nothing\"", refused("nothing", "a"));
    assertEquals(
        "arguments in resource/name form must have a single resource and name", refused("pods/"));
    assertEquals(
        "arguments in resource/name form may not have more than one slash", refused("pods/a/b"));
  }

  private String refused(String... words) {
    return assertThrows(CommandFailure.class, () -> arguments.read(List.of(words))).getMessage();
  }
}
