package io.jkube.kubelet.runtime.docker.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Status line and headers of a response; header names match in any case. */
record ResponseHead(int status, Map<String, List<String>> headers) {
  private static final int LONGEST_LINE_BYTES = 64 * 1024;

  /** Reads up to and with the empty line; the body is what follows. */
  static ResponseHead read(InputStream input) throws IOException {
    while (true) {
      int status = status(line(input));
      var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
      for (var line = line(input); !line.isEmpty(); line = line(input)) {
        int colon = line.indexOf(':');
        if (colon < 1) {
          throw new IOException("the engine sent a malformed header");
        }
        headers
            .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>(1))
            .add(line.substring(colon + 1).strip());
      }
      if (status >= 200 || status == 101) {
        return new ResponseHead(status, headers);
      }
    }
  }

  boolean says(String name, String value) {
    return headers.getOrDefault(name, List.of()).stream()
        .anyMatch(given -> given.equalsIgnoreCase(value));
  }

  /** The length of the body where the engine told it, or -1. */
  long contentLength() throws IOException {
    var values = headers.get("Content-Length");
    try {
      return values == null ? -1 : Long.parseLong(values.getFirst());
    } catch (NumberFormatException malformed) {
      throw new IOException("the engine sent a malformed Content-Length", malformed);
    }
  }

  /** A line without its end. Engines speak ASCII here. */
  static String line(InputStream input) throws IOException {
    var line = new ByteArrayOutputStream(64);
    for (int next = input.read(); next != '\n'; next = input.read()) {
      if (next < 0) {
        throw new EOFException("the engine closed the connection in the middle of an answer");
      }
      if (line.size() > LONGEST_LINE_BYTES) {
        throw new IOException("the engine sent a header line that does not end");
      }
      line.write(next);
    }
    var text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private static int status(String line) throws IOException {
    var parts = line.split(" ", 3);
    try {
      if (parts.length >= 2 && parts[0].startsWith("HTTP/1.")) {
        return Integer.parseInt(parts[1]);
      }
    } catch (NumberFormatException malformed) {
      throw new IOException("what answers is no engine: it speaks no HTTP", malformed);
    }
    throw new IOException("what answers is no engine: it speaks no HTTP");
  }
}
