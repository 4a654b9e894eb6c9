package io.jkube.controller.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.x509.SigningRequest;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A CertificateSigningRequest, read. */
record RequestState(ObjectNode object) {
  String signer() {
    return object.at("/spec/signerName").asText();
  }

  String user() {
    return object.at("/spec/username").asText();
  }

  Set<String> usages() {
    var usages = new TreeSet<String>();
    object.at("/spec/usages").forEach(usage -> usages.add(usage.asText()));
    return usages;
  }

  /**
   * @throws IllegalArgumentException what was sent is no request
   */
  SigningRequest request() {
    return SigningRequest.parse(decoded(object.at("/spec/request").asText()));
  }

  boolean is(String condition) {
    return since(condition).isPresent();
  }

  /** Since when a condition holds; the creation where it does not say. */
  Optional<Instant> since(String condition) {
    for (var each : object.at("/status/conditions")) {
      if (each.path("type").asText().equals(condition)) {
        var time = each.path("lastUpdateTime").asText();
        return Optional.of(time.isEmpty() ? created() : Instant.parse(time));
      }
    }
    return Optional.empty();
  }

  Instant created() {
    return Instant.parse(object.at("/metadata/creationTimestamp").asText());
  }

  boolean isDecided() {
    return is("Approved") || is("Denied");
  }

  boolean isIssued() {
    return object.at("/status").hasNonNull("certificate");
  }

  /** The certificate issued; empty when there is none, or none that can be read. */
  Optional<X509Certificate> certificate() {
    try {
      var pem = decoded(object.at("/status/certificate").asText());
      return pem.length == 0
          ? Optional.empty()
          : Optional.of(
              (X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(pem)));
    } catch (CertificateException unreadable) {
      return Optional.empty();
    }
  }

  /** The same object with a further condition. */
  ObjectNode with(String type, String reason, String message) {
    var next = object.deepCopy();
    next.withObject("/status")
        .withArray("conditions")
        .add(
            Json.object()
                .put("type", type)
                .put("status", "True")
                .put("reason", reason)
                .put("message", message));
    return next;
  }

  private static byte[] decoded(String base64) {
    return Base64.getMimeDecoder().decode(base64);
  }
}
