package io.jkube.controller.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.x509.CertificateAuthority;
import io.jkube.api.x509.CertificateContent;
import io.jkube.api.x509.CertificateContent.Purpose;
import io.jkube.api.x509.CertificateContent.Usage;
import io.jkube.api.x509.Pem;
import io.jkube.api.x509.SigningRequest;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * Signs what is approved for a {@link ClusterSigner}; marks what that signer refuses as failed. The
 * names it works on are CertificateSigningRequests.
 */
public final class SigningController implements Reconciler {
  /** The service account of all controllers of this package. */
  public static final String ACCOUNT = "certificate-controller";

  /** How long a certificate holds whose request does not ask for less. */
  static final Duration VALIDITY = Duration.ofDays(365);

  /** Clocks of others may be a little behind. */
  static final Duration BACKDATED = Duration.ofMinutes(5);

  private static final int WORKERS = 2;

  private final ApiClient client;
  private final Informer<ObjectNode> requests;
  private final CertificateAuthority authority;
  private final InstantSource clock;

  private SigningController(
      ApiClient client,
      Informer<ObjectNode> requests,
      CertificateAuthority authority,
      InstantSource clock) {
    this.client = client;
    this.requests = requests;
    this.authority = authority;
    this.clock = clock;
  }

  public static ControllerRunner runner(
      ApiClient client,
      SharedInformers informers,
      InstantSource clock,
      CertificateAuthority authority) {
    var requests = informers.of(Resources.SIGNING_REQUESTS);
    var controller = new SigningController(client, requests, authority, clock);
    var runner = new ControllerRunner("csrsigning", controller, WORKERS, clock);
    return runner.follow(requests, ObjectHandler.onEvery((key, any) -> runner.enqueue(key)));
  }

  @Override
  public Result reconcile(ObjectKey key) throws GeneralSecurityException {
    var found = requests.get(key).map(RequestState::new);
    if (found.isEmpty()) {
      return Result.done();
    }
    var state = found.get();
    var signer = ClusterSigner.named(state.signer());
    if (signer.isEmpty()
        || !state.is("Approved")
        || state.is("Denied")
        || state.is("Failed")
        || state.isIssued()) {
      return Result.done();
    }
    client.updateStatus(Resources.SIGNING_REQUESTS, answered(state, signer.get()));
    return Result.done();
  }

  private ObjectNode answered(RequestState state, ClusterSigner signer)
      throws GeneralSecurityException {
    var request = state.request();
    var refusal = signer.refusal(request, state.usages());
    if (refusal.isPresent()) {
      return state.with("Failed", "SignerValidationFailure", refusal.get());
    }
    if (!request.isSignedByItsKey()) {
      return state.with("Failed", "SigningError", "unable to verify certificate request signature");
    }
    var next = state.object().deepCopy();
    next.withObject("/status")
        .put(
            "certificate",
            Base64.getEncoder()
                .encodeToString(Pem.encode(authority.sign(content(state, request)))));
    return next;
  }

  private CertificateContent content(RequestState state, SigningRequest request) {
    var now = clock.instant();
    return new CertificateContent(
        request.subject(),
        request.key(),
        false,
        usages(state.usages()),
        purposes(state.usages()),
        request.alternativeNames(),
        now.minus(BACKDATED),
        end(now, state));
  }

  /** As asked, but neither longer than this signer's certificates hold, nor than its own. */
  private Instant end(Instant now, RequestState state) {
    var asked = state.object().at("/spec/expirationSeconds");
    var end = now.plus(VALIDITY);
    if (asked.isNumber() && now.plusSeconds(asked.asLong()).isBefore(end)) {
      end = now.plusSeconds(asked.asLong());
    }
    var last = authority.certificate().getNotAfter().toInstant();
    return end.isBefore(last) ? end : last;
  }

  private static Set<Usage> usages(Set<String> asked) {
    var usages = EnumSet.noneOf(Usage.class);
    if (asked.contains(ClusterSigner.SIGNATURE)) {
      usages.add(Usage.DIGITAL_SIGNATURE);
    }
    if (asked.contains(ClusterSigner.ENCIPHERMENT)) {
      usages.add(Usage.KEY_ENCIPHERMENT);
    }
    return usages;
  }

  private static Set<Purpose> purposes(Set<String> asked) {
    var purposes = EnumSet.noneOf(Purpose.class);
    if (asked.contains(ClusterSigner.CLIENT)) {
      purposes.add(Purpose.CLIENT);
    }
    if (asked.contains(ClusterSigner.SERVER)) {
      purposes.add(Purpose.SERVER);
    }
    return purposes;
  }
}
