package io.jkube.controller.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Removes requests that nobody waits for any more: when their certificate has expired, or an hour
 * after they are answered; a day after they were made where nobody answers. The names it works on
 * are CertificateSigningRequests.
 */
public final class RequestCleaner implements Reconciler {
  static final Duration KEPT_WHEN_ANSWERED = Duration.ofHours(1);
  static final Duration KEPT_WHEN_PENDING = Duration.ofHours(24);

  private static final int WORKERS = 1;

  private final ApiClient client;
  private final Informer<ObjectNode> requests;
  private final InstantSource clock;

  private RequestCleaner(ApiClient client, Informer<ObjectNode> requests, InstantSource clock) {
    this.client = client;
    this.requests = requests;
    this.clock = clock;
  }

  public static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var requests = informers.of(Resources.SIGNING_REQUESTS);
    var cleaner = new RequestCleaner(client, requests, clock);
    var runner = new ControllerRunner("csrcleaner", cleaner, WORKERS, clock);
    return runner.follow(requests, ObjectHandler.onEvery((key, any) -> runner.enqueue(key)));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    var end = requests.get(key).flatMap(request -> end(new RequestState(request)));
    if (end.isEmpty()) {
      return Result.done();
    }
    var left = Duration.between(clock.instant(), end.get());
    if (left.isPositive()) {
      return Result.after(left);
    }
    delete(key);
    return Result.done();
  }

  /** Empty while an approved request waits for its signer. */
  private static Optional<Instant> end(RequestState state) {
    var answered =
        Stream.of("Denied", "Failed")
            .flatMap(condition -> state.since(condition).stream())
            .min(Instant::compareTo);
    if (state.isIssued()) {
      answered = answered.or(() -> state.since("Approved"));
    }
    var expiry = state.certificate().map(each -> each.getNotAfter().toInstant());
    if (answered.isPresent()) {
      var end = answered.get().plus(KEPT_WHEN_ANSWERED);
      return Optional.of(expiry.filter(end::isAfter).orElse(end));
    }
    return state.isDecided()
        ? Optional.empty()
        : Optional.of(state.created().plus(KEPT_WHEN_PENDING));
  }

  private void delete(ObjectKey key) {
    try {
      client.delete(Resources.SIGNING_REQUESTS, key, DeleteOptions.DEFAULT);
    } catch (ApiException refused) {
      if (refused.reason() != StatusReason.NOT_FOUND) {
        throw refused;
      }
    }
  }
}
