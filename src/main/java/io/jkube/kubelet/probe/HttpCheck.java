package io.jkube.kubelet.probe;

import io.fabric8.kubernetes.api.model.HTTPGetAction;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A GET whose status says how a container is: 200 to 399 is well. Certificates are not checked. */
record HttpCheck(HTTPGetAction action, String host, int port) {
  private static final int MAX_BODY_BYTES = 10 * 1024;

  Checks.Answer ask(Duration timeout) {
    boolean secure = "HTTPS".equalsIgnoreCase(action.getScheme());
    var path = action.getPath() == null ? "/" : action.getPath();
    var url = (secure ? "https://" : "http://") + authority() + (path.startsWith("/") ? "" : "/");
    url += path;
    try {
      var connection = (HttpURLConnection) new URI(url).toURL().openConnection();
      if (connection instanceof HttpsURLConnection https) {
        trustAll(https);
      }
      return answer(connection, Math.toIntExact(timeout.toMillis()));
    } catch (IOException | URISyntaxException | GeneralSecurityException failure) {
      return new Checks.Answer(false, "Get \"" + url + "\": " + failure.getMessage());
    }
  }

  private String authority() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private Checks.Answer answer(HttpURLConnection connection, int timeoutMillis) throws IOException {
    connection.setConnectTimeout(timeoutMillis);
    connection.setReadTimeout(timeoutMillis);
    connection.setRequestProperty("User-Agent", "kube-probe/1.35");
    connection.setRequestProperty("Accept", "*/*");
    connection.setRequestProperty("Connection", "close");
    for (var header : action.getHttpHeaders()) {
      connection.setRequestProperty(header.getName(), header.getValue());
    }
    try {
      int status = connection.getResponseCode();
      var body = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
      var bytes = body == null ? new byte[0] : body.readNBytes(MAX_BODY_BYTES);
      return status >= 200 && status < 400
          ? new Checks.Answer(true, new String(bytes, StandardCharsets.UTF_8))
          : new Checks.Answer(false, "HTTP probe failed with statuscode: " + status);
    } finally {
      connection.disconnect();
    }
  }

  private static void trustAll(HttpsURLConnection connection) throws GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustEveryone()}, null);
    connection.setSSLSocketFactory(context.getSocketFactory());
    connection.setHostnameVerifier((name, session) -> true);
  }

  /** A probe asks the pod it just started; upstream skips verification too. */
  private static final class TrustEveryone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
