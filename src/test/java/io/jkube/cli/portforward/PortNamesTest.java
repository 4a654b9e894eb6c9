package io.jkube.cli.portforward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.testing.ScriptedApi;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ports a user means. */
final class PortNamesTest {
  private static final ObjectNode POD =
      ScriptedApi.object(
          """
          {'kind': 'Pod', 'metadata': {'name': 'web'}, 'spec': {'containers': [
            {'ports': [{'name': 'http', 'containerPort': 8080}]}]}}
          """);

  private static ObjectNode service(String clusterIp) {
    return ScriptedApi.object(
        """
        {'kind': 'Service', 'metadata': {'name': 'shop'}, 'spec': {'clusterIP': '%s', 'ports': [
          {'name': 'web', 'port': 80, 'targetPort': 'http'},
          {'name': 'admin', 'port': 81, 'targetPort': 9000}, {'port': 82}]}}
        """
            .formatted(clusterIp));
  }

  @ParameterizedTest
  @CsvSource({
    "80, 80, 80",
    "8000:80, 8000, 80",
    ":80, 0, 80",
    "http, 8080, 8080",
    "9000:http, 9000, 8080",
    "0:80, 0, 80"
  })
  void ofAPod(String typed, int local, int remote) {
    assertEquals(new PortPair(local, remote), new PortNames(POD, POD).read(typed));
  }

  @ParameterizedTest
  @CsvSource({
    "80, 80, 8080",
    "8000:80, 8000, 8080",
    ":web, 0, 8080",
    "web, 8080, 8080",
    "81, 81, 9000",
    "82, 82, 82"
  })
  void ofAService(String typed, int local, int remote) {
    var names = new PortNames(service("10.96.0.7"), POD);
    assertEquals(new PortPair(local, remote), names.read(typed));
  }

  @ParameterizedTest
  @CsvSource({
    "1:2:3, invalid port format '1:2:3'",
    "1:, invalid port format '1:'",
    "x:80, error parsing local port 'x'",
    "70000:80, error parsing local port '70000'",
    "0, remote port must be > 0 and <= 65535",
    "70000, remote port must be > 0 and <= 65535",
    "ftp, Pod 'web' does not have a named port 'ftp'"
  })
  void whatMakesNoSense(String typed, String message) {
    var names = new PortNames(POD, POD);
    assertEquals(message, assertThrows(CommandFailure.class, () -> names.read(typed)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({"443, Service shop does not have a service port 443"})
  void aPortTheServiceHasNot(String typed, String message) {
    var names = new PortNames(service("None"), POD);
    assertEquals(new PortPair(80, 80), names.read("80"));
    assertEquals(message, assertThrows(CommandFailure.class, () -> names.read(typed)).getMessage());
  }
}
