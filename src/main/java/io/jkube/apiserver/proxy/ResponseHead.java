package io.jkube.apiserver.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Status and headers of a backend's answer; names match in any case. */
public record ResponseHead(int status, Map<String, List<String>> headers) {
  private static final int LONGEST_HEAD_BYTES = 256 * 1024;
  private static final int SWITCHING_PROTOCOLS = 101;

  /** Reads up to the body; passes over interim answers. */
  static ResponseHead read(InputStream in) throws IOException {
    while (true) {
      int left = LONGEST_HEAD_BYTES;
      var first = line(in, left);
      int status = status(first);
      var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
      for (var line = line(in, left); !line.isEmpty(); line = line(in, left)) {
        left -= line.length();
        int colon = line.indexOf(':');
        if (colon < 1) {
          throw new IOException("malformed MIME header line: " + line);
        }
        headers
            .computeIfAbsent(line.substring(0, colon).strip(), name -> new ArrayList<>(1))
            .add(line.substring(colon + 1).strip());
      }
      if (status >= 200 || status == SWITCHING_PROTOCOLS) {
        return new ResponseHead(status, headers);
      }
    }
  }

  public String header(String name) {
    var values = headers.get(name);
    return values == null ? "" : values.getFirst();
  }

  private static int status(String line) throws IOException {
    var words = line.split(" ", 3);
    boolean http = words.length >= 2 && words[0].startsWith("HTTP/1.");
    if (!http || !words[1].matches("[1-5]\\d\\d")) {
      throw new IOException("malformed HTTP response");
    }
    return Integer.parseInt(words[1]);
  }

  static String line(InputStream in, int longest) throws IOException {
    var line = new ByteArrayOutputStream(64);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("EOF");
      }
      if (line.size() >= longest) {
        throw new IOException("the head of the answer is too long");
      }
      line.write(next);
    }
    var text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
