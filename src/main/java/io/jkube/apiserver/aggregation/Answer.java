package io.jkube.apiserver.aggregation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Caller;
import io.jkube.apiserver.request.Reply;
import java.io.IOException;
import java.util.Map;

/**
 * What another server says when we ask it ourselves.
 *
 * @param document empty where it is no JSON
 */
record Answer(int code, ObjectNode document) {
  private static final int LONGEST_BYTES = 32 * 1024 * 1024;

  /**
   * Asks with GET, whoever answers.
   *
   * @throws ApiException ServiceUnavailable when nobody does
   */
  static Answer of(RemoteServer server, String path, String accept) throws IOException {
    var request =
        new ApiRequest(
            "GET",
            path,
            Map.of(),
            accept,
            "",
            "kube-aggregator",
            new Caller.InProcess(AvailabilityCheck.AGGREGATOR),
            Body.NONE);
    var reply = server.look(request, AvailabilityCheck.AGGREGATOR);
    if (reply instanceof Reply.Proxied proxied) {
      try (var bytes = proxied.bytes()) {
        return new Answer(proxied.code(), parsed(bytes.readNBytes(LONGEST_BYTES)));
      }
    }
    return new Answer(reply.code(), Json.object());
  }

  boolean isGood() {
    return code / 100 == 2;
  }

  private static ObjectNode parsed(byte[] body) {
    try {
      return Json.parse(body);
    } catch (ApiException other) {
      return Json.object();
    }
  }
}
