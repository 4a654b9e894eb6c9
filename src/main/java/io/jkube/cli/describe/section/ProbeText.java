package io.jkube.cli.describe.section;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.text.GoText;
import java.util.Locale;

/** A probe on one line. */
final class ProbeText {
  private ProbeText() {}

  static String of(JsonNode probe) {
    var timing =
        "delay=%ds timeout=%ds period=%ds #success=%d #failure=%d"
            .formatted(
                probe.path("initialDelaySeconds").asInt(),
                probe.path("timeoutSeconds").asInt(),
                probe.path("periodSeconds").asInt(),
                probe.path("successThreshold").asInt(),
                probe.path("failureThreshold").asInt());
    return action(probe) + " " + timing;
  }

  private static String action(JsonNode probe) {
    if (probe.has("exec")) {
      return "exec " + GoText.of(probe.path("exec").path("command"));
    }
    if (probe.has("httpGet")) {
      var get = probe.path("httpGet");
      return "http-get %s://%s:%s%s"
          .formatted(
              get.path("scheme").asText("http").toLowerCase(Locale.ROOT),
              get.path("host").asText(),
              get.path("port").asText(),
              get.path("path").asText());
    }
    if (probe.has("tcpSocket")) {
      var socket = probe.path("tcpSocket");
      return "tcp-socket " + socket.path("host").asText() + ":" + socket.path("port").asText();
    }
    if (probe.has("grpc")) {
      var grpc = probe.path("grpc");
      return "grpc <pod>:" + grpc.path("port").asInt() + " " + grpc.path("service").asText();
    }
    return "unknown";
  }
}
