package io.jkube.network.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The certificates that ingresses name.
 *
 * @param identities by host, or {@code *.domain}; empty for all hosts
 * @param troubles by the secret that is of no use, why
 */
record Secrets(Map<String, ServerIdentity> identities, Map<ObjectKey, String> troubles) {
  private static final String EVERY_HOST = "";

  Secrets {
    identities = Map.copyOf(identities);
    troubles = Map.copyOf(troubles);
  }

  /**
   * @param ingresses oldest first: of two for one host the first has its way
   */
  static Secrets of(
      Collection<ObjectNode> ingresses, Function<ObjectKey, Optional<ObjectNode>> secrets) {
    var identities = new LinkedHashMap<String, ServerIdentity>();
    var troubles = new HashMap<ObjectKey, String>();
    for (var ingress : ingresses) {
      for (var tls : ingress.at("/spec/tls")) {
        var name = tls.path("secretName").asText();
        if (name.isEmpty()) {
          continue;
        }
        var key = new ObjectKey(ingress.at("/metadata/namespace").asText(), name);
        try {
          var identity = identity(secrets.apply(key));
          hosts(tls, ingress).forEach(host -> identities.putIfAbsent(host, identity));
        } catch (GeneralSecurityException useless) {
          troubles.put(key, useless.getMessage());
        }
      }
    }
    return new Secrets(identities, troubles);
  }

  /** An entry that names no hosts is for those of the rules. */
  private static List<String> hosts(JsonNode tls, ObjectNode ingress) {
    var hosts = new ArrayList<String>();
    tls.path("hosts").forEach(host -> hosts.add(host.asText()));
    if (hosts.isEmpty()) {
      ingress.at("/spec/rules").forEach(rule -> hosts.add(rule.path("host").asText()));
    }
    return hosts.isEmpty() ? List.of(EVERY_HOST) : hosts;
  }

  private static ServerIdentity identity(Optional<ObjectNode> secret)
      throws GeneralSecurityException {
    if (secret.isEmpty()) {
      throw new GeneralSecurityException("there is no such secret");
    }
    return Pem.identity(bytes(secret.get(), "tls.crt"), bytes(secret.get(), "tls.key"));
  }

  private static byte[] bytes(ObjectNode secret, String name) throws GeneralSecurityException {
    var data = secret.path("data").path(name);
    try {
      if (!data.isMissingNode()) {
        return data.binaryValue();
      }
    } catch (IOException notBase64) {
      throw new GeneralSecurityException(name + " is not base64", notBase64);
    }
    throw new GeneralSecurityException("it has no " + name);
  }
}
