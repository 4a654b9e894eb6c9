package io.jkube.network.ingress;

/** How a backend is spoken to, as its port's appProtocol says. */
enum Speech {
  HTTP("http"),
  /** HTTP/2 without TLS and without asking before. */
  H2C("http"),
  HTTPS("https");

  private final String scheme;

  Speech(String scheme) {
    this.scheme = scheme;
  }

  String scheme() {
    return scheme;
  }

  static Speech of(String appProtocol) {
    return switch (appProtocol) {
      case "kubernetes.io/h2c", "h2c", "http2", "grpc" -> H2C;
      case "https", "kubernetes.io/wss" -> HTTPS;
      case String other -> HTTP;
    };
  }
}
