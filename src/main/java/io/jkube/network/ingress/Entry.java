package io.jkube.network.ingress;

import java.io.IOException;
import java.util.function.Supplier;

/** The open router with its two ports. */
record Entry(Doors plain, Doors secured, Certificates certificates, Router router)
    implements AutoCloseable {
  static final int HTTP = 80;
  static final int HTTPS = 443;
  private static final int OTHER_HTTP = 8080;
  private static final int OTHER_HTTPS = 8443;

  /** Two ports; 0 where one is not known. */
  record Ports(int http, int https) {
    static final Ports UNKNOWN = new Ports(0, 0);
  }

  /**
   * @param last those of the time before
   */
  static Entry open(Ports last, Supplier<RouteTable> routes, CertificateAuthority authority)
      throws IOException {
    var certificates = new Certificates(authority);
    var plain = Doors.open(last.http, HTTP, OTHER_HTTP);
    Doors secured = null;
    try {
      secured = Doors.open(last.https, HTTPS, OTHER_HTTPS);
      var router = Router.open(plain, secured, routes, certificates);
      return new Entry(plain, secured, certificates, router);
    } catch (IOException failure) {
      plain.close();
      if (secured != null) {
        secured.close();
      }
      throw failure;
    }
  }

  /** {@code http://localhost:8080 and https://localhost (port 80 ... is held by ...)}. */
  String words() {
    var words = new StringBuilder(address("http", plain.port(), HTTP));
    words.append(" and ").append(address("https", secured.port(), HTTPS));
    var trouble =
        plain.trouble().isEmpty() || secured.trouble().isEmpty()
            ? plain.trouble() + secured.trouble()
            : plain.trouble() + ", " + secured.trouble();
    return trouble.isEmpty() ? words.toString() : words + " (" + trouble + ")";
  }

  private static String address(String scheme, int port, int usual) {
    return scheme + "://localhost" + (port == usual ? "" : ":" + port);
  }

  @Override
  public void close() throws IOException {
    router.close();
    plain.close();
    secured.close();
  }
}
