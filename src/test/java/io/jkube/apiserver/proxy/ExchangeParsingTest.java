package io.jkube.apiserver.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jkube.api.stream.PipeLink;
import io.jkube.apiserver.request.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of backends, well made and not. */
final class ExchangeParsingTest {
  private static String body(String answer) throws IOException {
    var in = new ByteArrayInputStream(answer.getBytes(StandardCharsets.ISO_8859_1));
    var head = ResponseHead.read(in);
    try (var body = ResponseBody.of(head, false, in, new PipeLink(new Socket()))) {
      return new String(body.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nhi and more,hi",
    "HTTP/1.0 200 OK\\n\\nto the end,to the end",
    "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n2;x=y\\r\\nhi\\r\\n1\\r\\n!\\r\\n0\\r\\n\\r\\n,hi!",
    "HTTP/1.1 100 Continue\\r\\n\\r\\nHTTP/1.1 204 No Content\\r\\n\\r\\nspam,''"
  })
  void bodiesAreFreedFromTheirFraming(String answer, String body) throws IOException {
    assertEquals(body, body(answer.translateEscapes()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-x\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhi",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhi"
      })
  void whatIsNoAnswerFails(String answer) {
    assertThrows(IOException.class, () -> body(answer));
  }

  @Test
  void aHeadWithoutAnEndIsGivenUp() {
    var endless = "HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(100_000);
    assertThrows(IOException.class, () -> body(endless));
  }

  @ParameterizedTest
  @CsvSource({
    "<a href=\"/x\">,<a href=\"/p/x\">",
    "<a class=b href='/x/y?z#f'>,<a class=b href='/p/x/y?z#f'>",
    "<img src=/x.png>,<img src=/p/x.png>",
    "<a href=\"x\">,<a href=\"x\">",
    "<a href=\"//other/x\">,<a href=\"//other/x\">",
    "<a href=\"http://other/x\">,<a href=\"http://other/x\">",
    "<a href=\"/p/x\">,<a href=\"/p/x\">",
    "text /x href=/y,text /x href=/y"
  })
  void linksLeadThroughTheProxyAgain(String page, String changed) throws IOException {
    var text = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page;
    var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    var head = ResponseHead.read(in);
    var body = ResponseBody.of(head, false, in, new PipeLink(new Socket()));
    var reply = new Rewriting("/p").of(head, new HashMap<>(), body);
    if (reply instanceof Reply.Proxied proxied) {
      assertEquals(changed, new String(proxied.bytes().readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
