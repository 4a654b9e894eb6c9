package io.jkube.apiserver.proxy;

import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.api.stream.Link;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.RawRequest;
import io.jkube.apiserver.request.Reply;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request to a backend and its answer. */
public final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  /** So long a backend may think before it begins to answer. */
  private static final Duration HEAD_TIMEOUT = Duration.ofMinutes(30);

  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int SWITCHING_PROTOCOLS = 101;

  /** They concern one connection only, or are the caller's secrets. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "authorization",
          "connection",
          "expect",
          "http2-settings",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Set<String> BODILESS = Set.of("GET", "HEAD", "OPTIONS");

  private static final String IMPERSONATION = "impersonate-";

  private final ApiRequest request;
  private final Errand errand;

  public Exchange(ApiRequest request, Errand errand) {
    this.request = request;
    this.errand = errand;
  }

  /**
   * @throws ApiException ServiceUnavailable when the backend does not answer as HTTP
   */
  public Reply with(Backend backend) {
    try {
      return over(backend.connect());
    } catch (IOException failed) {
      throw new ApiException(
          StatusReason.SERVICE_UNAVAILABLE,
          "error trying to reach service: " + failed.getMessage());
    }
  }

  private Reply over(Link link) throws IOException {
    try {
      var answered = new CountDownLatch(1);
      Thread.ofVirtual().name("proxy-limit").start(() -> limit(link, answered));
      send(link.output());
      var in = new BufferedInputStream(link.input(), BUFFER_BYTES);
      var head = ResponseHead.read(in);
      answered.countDown();
      if (head.status() == SWITCHING_PROTOCOLS) {
        return switched(head, in, link);
      }
      boolean bodiless = request.method().equals("HEAD");
      var body = ResponseBody.of(head, bodiless, in, link);
      return errand.answering().reply(head, passedOn(head), body);
    } catch (IOException | RuntimeException failed) {
      link.close();
      throw failed;
    }
  }

  private static void limit(Link link, CountDownLatch answered) {
    try {
      if (!answered.await(HEAD_TIMEOUT.toMinutes(), TimeUnit.MINUTES)) {
        link.close();
      }
    } catch (IOException over) {
      LOG.debug("closing a proxied connection: {}", over.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(OutputStream out) throws IOException {
    var raw = request.raw();
    var head = new StringBuilder(256);
    head.append(request.method()).append(' ').append(errand.target()).append(" HTTP/1.1\r\n");
    headers(raw).forEach((name, values) -> values.forEach(value -> line(head, name, value)));
    boolean upgrading = !raw.upgrade().isEmpty();
    line(head, "Connection", upgrading ? "Upgrade" : "close");
    if (upgrading) {
      line(head, "Upgrade", raw.header("Upgrade"));
    }
    var in = raw.body();
    boolean chunked = raw.words("Transfer-Encoding").contains("chunked");
    if (!chunked && !upgrading && !BODILESS.contains(request.method()) && isUnmeasured(raw)) {
      // Over HTTP/2 nothing in the head says whether a body comes.
      var peeking = new PushbackInputStream(in);
      int first = peeking.read();
      if (first >= 0) {
        peeking.unread(first);
        chunked = true;
      }
      in = peeking;
    }
    if (chunked) {
      line(head, "Transfer-Encoding", "chunked");
    }
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    body(in, chunked, out);
  }

  private static boolean isUnmeasured(RawRequest raw) {
    return raw.header("Content-Length").isEmpty();
  }

  private Map<String, List<String>> headers(RawRequest raw) {
    var passed = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    raw.headers()
        .forEach(
            (name, values) -> {
              var lower = name.toLowerCase(Locale.ROOT);
              if (!NOT_PASSED_ON.contains(lower)
                  && !lower.startsWith(IMPERSONATION)
                  && !errand.hides(lower)) {
                passed.put(name, values);
              }
            });
    passed.putIfAbsent("Host", List.of("localhost"));
    passed.putAll(errand.headers());
    return passed;
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value.replaceAll("[\r\n]", " ")).append("\r\n");
  }

  private static void body(InputStream in, boolean chunked, OutputStream out) throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      if (chunked) {
        out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      }
      out.write(buffer, 0, count);
      if (chunked) {
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    }
    if (chunked) {
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static Map<String, List<String>> passedOn(ResponseHead head) {
    var passed = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    passed.putAll(head.headers());
    passed.keySet().removeIf(name -> NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT)));
    return passed;
  }

  /** From now on only bytes go both ways. */
  private static Reply switched(ResponseHead head, InputStream in, Link backend) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    passedOn(head).forEach((name, values) -> headers.put(name, String.join(", ", values)));
    headers.put("Connection", "Upgrade");
    headers.put("Upgrade", head.header("Upgrade"));
    return new Reply.Switching(headers, client -> carry(client, in, backend));
  }

  private static void carry(Link client, InputStream in, Link backend) {
    var up = Thread.ofVirtual().name("proxy-up").start(() -> carryUp(client, backend));
    try (backend) {
      in.transferTo(client.output());
      client.endOutput();
      up.join(Duration.ofSeconds(5));
    } catch (IOException over) {
      LOG.debug("a proxied connection is over: {}", over.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void carryUp(Link client, Link backend) {
    try (backend) {
      client.input().transferTo(backend.output());
    } catch (IOException over) {
      LOG.debug("a proxied connection is over: {}", over.getMessage());
    }
  }
}
