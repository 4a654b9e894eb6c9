package io.jkube.apiserver.request;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What of an HTTP request only streams and proxies look at.
 *
 * @param headers by name, in any case
 * @param path as it was sent, with its percents; empty for what did not come over HTTP
 * @param query as it was sent, without its question mark
 * @param body nothing, but for requests to a proxy, whose bodies pass as they come
 */
public record RawRequest(
    Map<String, List<String>> headers, String path, String query, InputStream body) {
  /** Of what did not come over HTTP. */
  public static final RawRequest NONE =
      new RawRequest(Map.of(), "", "", InputStream.nullInputStream());

  public RawRequest {
    var sorted = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    headers = sorted;
  }

  /** The first value of a header; empty when there is none. */
  public String header(String name) {
    var values = headers.get(name);
    return values == null || values.isEmpty() ? "" : values.getFirst();
  }

  /** All words of a header's values, which commas separate. */
  public List<String> words(String name) {
    return headers.getOrDefault(name, List.of()).stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /**
   * The protocol that the client wants to go on with, in lower case; empty for none. HTTP/2 without
   * TLS is an offer that some clients make with every request, and may be passed over.
   */
  public String upgrade() {
    boolean asked = words("Connection").stream().anyMatch("upgrade"::equalsIgnoreCase);
    var protocol = asked ? header("Upgrade").strip().toLowerCase(Locale.ROOT) : "";
    return protocol.equals("h2c") ? "" : protocol;
  }
}
