package io.jkube.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.client.Transport.WatchEvent;
import io.jkube.client.Transport.WatchStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The events of a watch out of a response body: one JSON object a line. */
public final class StreamedWatch implements WatchStream {
  private final InputStream body;
  private final BufferedReader lines;

  public StreamedWatch(InputStream body) {
    this.body = body;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** A connection that breaks ends the watch, also in the middle of an event. */
  @Override
  public WatchEvent next() {
    try {
      var line = lines.readLine();
      return line == null ? null : event(line);
    } catch (IOException broken) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException alreadyBroken) {
      throw new UncheckedIOException(alreadyBroken);
    }
  }

  private static WatchEvent event(String line) {
    try {
      var event = Json.parse(line.getBytes(StandardCharsets.UTF_8));
      return event.path("object") instanceof ObjectNode object
          ? new WatchEvent(event.path("type").asText(), object)
          : null;
    } catch (ApiException cutOff) {
      return null;
    }
  }
}
