package io.jkube.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Another API server, which serves {@code example.com/v1 things}: one that says what it heard, and
 * by the path does what such servers do.
 */
final class ExtensionServer implements AutoCloseable {
  static final String RESOURCES =
      "{'kind':'APIResourceList','apiVersion':'v1','groupVersion':'example.com/v1','resources':["
          + "{'name':'things','singularName':'thing','namespaced':true,'kind':'Thing',"
          + "'verbs':['create','delete','get','list','watch'],'shortNames':['th']},"
          + "{'name':'things/status','singularName':'','namespaced':true,'kind':'Thing',"
          + "'verbs':['get']}]}";

  private final SSLServerSocket socket;

  /** The heads of all requests so far, with the subject of the client's certificate before them. */
  final List<String> heard = new CopyOnWriteArrayList<>();

  /** Until it is counted down, a watch has one event only. */
  final CountDownLatch moreEvents = new CountDownLatch(1);

  volatile boolean broken;

  ExtensionServer(SSLContext tls) throws IOException {
    socket =
        (SSLServerSocket)
            tls.getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    socket.setWantClientAuth(true);
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        var client = (SSLSocket) socket.accept();
        Thread.ofVirtual().start(() -> answer(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void answer(SSLSocket client) {
    try (client) {
      var in = client.getInputStream();
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return;
        }
        head.append((char) next);
      }
      heard.add(subject(client) + "\n" + head);
      answer(head.toString(), in, client.getOutputStream());
    } catch (IOException | InterruptedException gone) {
      // the test sees what it misses
    }
  }

  private static String subject(SSLSocket client) {
    try {
      return client.getSession().getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException nobody) {
      return "nobody";
    }
  }

  private void answer(String head, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    var target = head.substring(0, head.indexOf(" HTTP")).replaceFirst(".* ", "");
    if (broken) {
      out.write(json("500 Broken", "{}"));
    } else if (target.equals("/apis/example.com/v1")) {
      out.write(json("200 OK", RESOURCES));
    } else if (target.equals("/openapi/v3")) {
      out.write(
          json(
              "200 OK",
              "{'paths':{'apis/example.com/v1':{'serverRelativeURL':"
                  + "'/openapi/v3/apis/example.com/v1?hash=ABC'},'apis/apps/v1':{}}}"));
    } else if (target.startsWith("/openapi/v3/apis/example.com/v1")) {
      out.write(json("200 OK", "{'openapi':'3.0.0','info':{'title':'things'}}"));
    } else if (target.equals("/openapi/v2")) {
      out.write(
          json(
              "200 OK",
              "{'swagger':'2.0','paths':{'/apis/example.com/v1/things':{},'/apis/apps/v1/':{}},"
                  + "'definitions':{'com.example.Thing':{'type':'object'}}}"));
    } else if (head.contains("Upgrade: shout")) {
      out.write(bytes("HTTP/1.1 101 Now\r\nConnection: Upgrade\r\nUpgrade: shout\r\n\r\nHEY "));
      in.transferTo(out);
    } else if (target.contains("watch=")) {
      watch(out);
    } else {
      var length = head.replaceAll("(?si).*content-length: (\\d+).*", "$1");
      var body = new String(in.readNBytes(length.matches("\\d+") ? Integer.parseInt(length) : 0));
      var heardAll = (head + body).replace("\"", "\\\"").replace("\r\n", "\\n");
      out.write(json("202 Accepted", "{\"kind\":\"Thing\",\"heard\":\"" + heardAll + "\"}"));
    }
  }

  private void watch(OutputStream out) throws IOException, InterruptedException {
    out.write(bytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"));
    out.write(bytes("Transfer-Encoding: chunked\r\n\r\n"));
    chunk(out, "{'type':'ADDED','object':{'metadata':{'name':'a'}}}");
    moreEvents.await();
    chunk(out, "{'type':'ADDED','object':{'metadata':{'name':'b'}}}");
    out.write(bytes("0\r\n\r\n"));
  }

  private static void chunk(OutputStream out, String event) throws IOException {
    var line = event.replace('\'', '"') + "\n";
    out.write(bytes(Integer.toHexString(line.length()) + "\r\n" + line + "\r\n"));
    out.flush();
  }

  private static byte[] json(String status, String body) {
    var text = body.replace('\'', '"');
    return bytes(
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, text.length(), text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    moreEvents.countDown();
    socket.close();
  }
}
