package io.jkube.apiserver.proxy;

import io.jkube.apiserver.request.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Makes what a backend says of itself lead through the proxy again: redirects, and links in HTML
 * that begin with a slash.
 *
 * @param prefix the path of the proxy, without a slash at its end
 */
record Rewriting(String prefix) {
  /** A longer page stays as it is. */
  private static final int LONGEST_PAGE_BYTES = 8 * 1024 * 1024;

  private static final Pattern TAG = Pattern.compile("<[a-zA-Z][^<>]*>");

  /** The attributes that hold an address, of whichever element. */
  private static final Pattern LINK =
      Pattern.compile(
          "(?i)(\\s(?:action|background|cite|classid|codebase|data|formaction|href|icon|longdesc"
              + "|manifest|poster|profile|src|usemap)\\s*=\\s*[\"']?)(/(?!/)[^\\s\"'>]*)");

  Reply of(ResponseHead head, Map<String, List<String>> headers, ResponseBody body)
      throws IOException {
    var location = head.header("Location");
    if (!location.isEmpty()) {
      headers.put("Location", List.of(redirect(location)));
    }
    boolean html = head.header("Content-Type").toLowerCase(Locale.ROOT).startsWith("text/html");
    var encoding = head.header("Content-Encoding");
    if (!html || !encoding.isEmpty() && !encoding.equalsIgnoreCase("gzip")) {
      return new Reply.Proxied(head.status(), headers, body);
    }
    InputStream plain = body;
    if (!encoding.isEmpty()) {
      plain = new GZIPInputStream(body);
      headers.remove("Content-Encoding");
      headers.remove("Content-Length");
    }
    var page = plain.readNBytes(LONGEST_PAGE_BYTES);
    if (page.length == 0) {
      return new Reply.Proxied(head.status(), headers, body);
    }
    if (page.length == LONGEST_PAGE_BYTES) {
      var whole = new SequenceInputStream(new ByteArrayInputStream(page), plain);
      return new Reply.Proxied(head.status(), headers, whole);
    }
    body.close();
    var changed = page(page);
    headers.put("Content-Length", List.of(Integer.toString(changed.length)));
    return new Reply.Proxied(head.status(), headers, new ByteArrayInputStream(changed));
  }

  /** An address elsewhere, and one that is relative, stays. */
  String redirect(String location) {
    URI uri;
    try {
      uri = URI.create(location);
    } catch (IllegalArgumentException malformed) {
      return location;
    }
    boolean elsewhere = uri.getRawAuthority() != null;
    return elsewhere || !location.startsWith("/") ? location : prefixed(location);
  }

  private byte[] page(byte[] page) {
    // Every byte is a character and back: whatever the page's own encoding, tags are ASCII in it.
    var text = new String(page, StandardCharsets.ISO_8859_1);
    var changed =
        TAG.matcher(text)
            .replaceAll(
                tag ->
                    java.util.regex.Matcher.quoteReplacement(
                        LINK.matcher(tag.group())
                            .replaceAll(
                                link ->
                                    java.util.regex.Matcher.quoteReplacement(
                                        link.group(1) + prefixed(link.group(2))))));
    return changed.getBytes(StandardCharsets.ISO_8859_1);
  }

  private String prefixed(String path) {
    return path.startsWith(prefix + "/") || path.equals(prefix) ? path : prefix + path;
  }
}
