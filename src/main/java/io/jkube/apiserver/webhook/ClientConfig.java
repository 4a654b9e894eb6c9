package io.jkube.apiserver.webhook;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * Where a webhook is, as the {@code clientConfig} of its configuration says it.
 *
 * @param url with the path; of a Service, the one that upstream names in its errors
 * @param service null where the URL says where to go
 * @param authorities PEM certificates in base64, of who may have signed the webhook's; empty for
 *     the authorities that this machine trusts
 */
public record ClientConfig(String url, Service service, String authorities) {
  private static final int HTTPS_PORT = 443;

  /** A port of a Service. */
  public record Service(String namespace, String name, int port) {
    /** Whom the webhook's certificate must name. */
    public String host() {
      return name + "." + namespace + ".svc";
    }
  }

  public ClientConfig {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(authorities, "authorities");
  }

  public static ClientConfig of(JsonNode config) {
    var authorities = text(config, "/caBundle");
    if (config.hasNonNull("url")) {
      return new ClientConfig(text(config, "/url"), null, authorities);
    }
    var at = config.path("service");
    var service =
        new Service(text(at, "/namespace"), text(at, "/name"), at.path("port").asInt(HTTPS_PORT));
    var path = text(at, "/path");
    var url =
        "https://"
            + service.host()
            + ":"
            + service.port()
            + (path.isEmpty() || path.startsWith("/") ? "" : "/")
            + path;
    return new ClientConfig(url, service, authorities);
  }
}
