package io.jkube.registry.certificates;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.HumanDuration;
import io.jkube.api.Timestamps;
import io.jkube.api.x509.SigningRequest;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * CertificateSigningRequests: what somebody wants signed. Who asks is the server's to say; who
 * approves does so through {@code approval}, who signs through {@code status}.
 */
public final class CertificateSigningRequests {
  private static final int LEAST_SECONDS = 600;
  private static final String SIGNER_FIELD = "spec.signerName";
  private static final List<String> USAGES =
      List.of(
          "any",
          "cert sign",
          "client auth",
          "code signing",
          "content commitment",
          "crl sign",
          "data encipherment",
          "decipher only",
          "digital signature",
          "email protection",
          "encipher only",
          "ipsec end system",
          "ipsec tunnel",
          "ipsec user",
          "key agreement",
          "key encipherment",
          "microsoft sgc",
          "netscape sgc",
          "ocsp signing",
          "s/mime",
          "server auth",
          "signing",
          "timestamping");
  private static final Set<String> DECISIONS = Set.of("Approved", "Denied");

  private CertificateSigningRequests() {}

  /**
   * @param clock tells since when a condition holds whose writer does not say
   */
  public static ResourceDefinition definition(InstantSource clock) {
    return ResourceDefinition.cluster(
            "certificates.k8s.io", "v1", "CertificateSigningRequest", "certificatesigningrequests")
        .shortNames("csr")
        .subresources("approval", "status")
        .ageColumn()
        .column("SignerName", request -> orNone(text(request, "/spec/signerName")))
        .column("Requestor", request -> text(request, "/spec/username"))
        .column("RequestedDuration", CertificateSigningRequests::duration)
        .column("Condition", CertificateSigningRequests::condition)
        .strategy(new RequestStrategy(clock))
        .build();
  }

  private static String orNone(String value) {
    return value.isEmpty() ? "<none>" : value;
  }

  private static String duration(ObjectNode request) {
    var seconds = request.at("/spec/expirationSeconds");
    return seconds.isNumber() ? HumanDuration.of(Duration.ofSeconds(seconds.asLong())) : "<none>";
  }

  private static String condition(ObjectNode request) {
    var decision = has(request, "Denied") ? "Denied" : has(request, "Approved") ? "Approved" : "";
    return (decision.isEmpty() ? "Pending" : decision)
        + (has(request, "Failed") ? ",Failed" : "")
        + (Tree.has(request, "/status/certificate") ? ",Issued" : "");
  }

  private static boolean has(ObjectNode request, String type) {
    return objects(request, "/status/conditions").stream()
        .anyMatch(each -> text(each, "/type").equals(type));
  }

  private record RequestStrategy(InstantSource clock) implements StatusStrategy {
    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode current) {
      StatusStrategy.super.prepareForUpdate(updated, current);
      Tree.restore(updated, current, "spec");
    }

    /** Who signs does not decide. */
    @Override
    public void prepareForStatusUpdate(ObjectNode updated, ObjectNode current) {
      StatusStrategy.super.prepareForStatusUpdate(updated, current);
      merge(updated, updated, current);
      setTimes(updated, current);
    }

    /** Who decides does not sign. */
    @Override
    public void prepareForApproval(ObjectNode updated, ObjectNode current) {
      StatusStrategy.super.prepareForStatusUpdate(updated, current);
      var sent = updated.deepCopy();
      Tree.restore(updated, current, "status");
      merge(updated, current, sent);
      setTimes(updated, current);
    }

    private void setTimes(ObjectNode updated, ObjectNode current) {
      var now = Timestamps.seconds(clock.instant());
      for (var condition : objects(updated, "/status/conditions")) {
        Tree.putIfEmpty(condition, "lastUpdateTime", now);
        var before =
            objects(current, "/status/conditions").stream()
                .filter(each -> text(each, "/type").equals(text(condition, "/type")))
                .map(each -> text(each, "/lastTransitionTime"))
                .findFirst()
                .orElse("");
        Tree.putIfEmpty(condition, "lastTransitionTime", before.isEmpty() ? now : before);
      }
    }

    /** Sets the conditions: the decision of one, all others of another. */
    private static void merge(ObjectNode into, ObjectNode others, ObjectNode decided) {
      ArrayNode conditions = into.arrayNode();
      objects(decided, "/status/conditions").stream()
          .filter(each -> DECISIONS.contains(text(each, "/type")))
          .forEach(conditions::add);
      objects(others, "/status/conditions").stream()
          .filter(each -> !DECISIONS.contains(text(each, "/type")))
          .forEach(conditions::add);
      if (conditions.isEmpty()) {
        child(into, "status").remove("conditions");
      } else {
        child(into, "status").set("conditions", conditions);
      }
    }

    @Override
    public void validate(ObjectNode request, Violations violations) {
      var spec = request.path("spec");
      validateRequest(text(spec, "/request"), violations);
      var rules = new Rules(violations);
      validateUsages(spec, violations);
      var signer = text(spec, "/signerName");
      if (!rules.required(spec, "signerName", "spec")) {
        return;
      }
      if (signer.indexOf('/') <= 0 || signer.indexOf('/') != signer.lastIndexOf('/')) {
        violations.invalid(
            SIGNER_FIELD,
            signer,
            "must be a fully qualified domain and path of the form" + " 'example.com/signer-name'");
      } else if (signer.equals("kubernetes.io/legacy-unknown")) {
        violations.invalid(
            SIGNER_FIELD, signer, "the legacy signerName is not allowed via this API version");
      }
      var seconds = spec.path("expirationSeconds");
      if (seconds.isNumber() && seconds.asInt() < LEAST_SECONDS) {
        violations.invalid(
            "spec.expirationSeconds",
            seconds,
            "may not specify a duration less than 600 seconds (10 minutes)");
      }
    }

    private static void validateRequest(String base64, Violations violations) {
      try {
        SigningRequest.parse(Base64.getMimeDecoder().decode(base64));
      } catch (IllegalArgumentException malformed) {
        violations.invalid("spec.request", base64, malformed.getMessage());
      }
    }

    private static void validateUsages(JsonNode spec, Violations violations) {
      if (spec.path("usages").isEmpty()) {
        violations.required("spec.usages", "usages is required");
      }
      var seen = new HashSet<String>();
      int index = 0;
      for (var usage : Tree.texts(spec, "/usages")) {
        var at = "spec.usages[" + index++ + "]";
        if (!USAGES.contains(usage)) {
          violations.notSupported(at, usage, USAGES);
        } else if (!seen.add(usage)) {
          violations.duplicate(at, usage);
        }
      }
    }

    @Override
    public void validateStatusUpdate(
        ObjectNode updated, ObjectNode current, Violations violations) {
      for (var type : List.of("Approved", "Denied", "Failed")) {
        if (has(current, type) && !has(updated, type)) {
          violations.forbidden(
              "status.conditions", "updates may not remove a condition of type \"" + type + "\"");
        }
      }
      validateCertificate(updated, current, violations);
      if (has(updated, "Approved") && has(updated, "Denied")) {
        violations.invalid(
            "status.conditions",
            updated.at("/status/conditions"),
            "Approved and Denied conditions are mutually exclusive");
      }
      int index = 0;
      for (var condition : objects(updated, "/status/conditions")) {
        var status = text(condition, "/status");
        var at = "status.conditions[" + index++ + "].status";
        if (status.isEmpty()) {
          violations.required(at, "");
        } else if (!status.equals("True")) {
          violations.notSupported(at, status, List.of("True"));
        }
      }
    }

    private static void validateCertificate(
        ObjectNode updated, ObjectNode current, Violations violations) {
      var before = text(current, "/status/certificate");
      var after = text(updated, "/status/certificate");
      if (after.equals(before)) {
        return;
      }
      if (!before.isEmpty()) {
        violations.forbidden(
            "status.certificate", "updates may not modify existing certificate content");
      } else if (!isCertificate(after)) {
        violations.invalid(
            "status.certificate", "<certificate data>", "must contain one or more PEM blocks");
      }
    }

    private static boolean isCertificate(String base64) {
      try {
        var pem = Base64.getMimeDecoder().decode(base64);
        return !CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem))
            .isEmpty();
      } catch (CertificateException | IllegalArgumentException malformed) {
        return false;
      }
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode request) {
      return Map.of(SIGNER_FIELD, text(request, "/spec/signerName"));
    }

    @Override
    public Set<String> selectableFieldNames() {
      return Set.of(SIGNER_FIELD);
    }
  }
}
