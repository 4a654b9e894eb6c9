package io.jkube.client.leader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.api.Timestamps;
import io.jkube.client.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * One candidate's view of the Lease. Another's lease counts from when this candidate first saw its
 * present state, on its own clock: clocks of two machines are never compared. For one thread.
 */
final class LeaderLease {
  private final ApiClient client;
  private final ObjectKey key;
  private final String identity;
  private final InstantSource clock;
  private final Duration duration;
  private final boolean alone;
  private JsonNode seen = Json.object();
  private Instant seenAt = Instant.MIN;

  /**
   * @param alone whether nobody else can be at work on this store, whatever the lease says: it is
   *     one that the last process left when it was killed
   */
  LeaderLease(
      ApiClient client,
      ObjectKey key,
      String identity,
      InstantSource clock,
      Duration duration,
      boolean alone) {
    this.client = client;
    this.key = key;
    this.identity = identity;
    this.clock = clock;
    this.duration = duration;
    this.alone = alone;
  }

  /**
   * Takes the lease if it is to be had, or renews it.
   *
   * @return whether this candidate holds it now
   * @throws ApiException the server did not say
   */
  boolean takeOrRenew() {
    try {
      var found = client.find(Resources.LEASES, key);
      if (found.isEmpty()) {
        client.create(Resources.LEASES, held(empty(), false));
        return true;
      }
      var lease = found.get();
      observe(lease.path("spec"));
      if (!isMine(lease) && !isToBeHad(lease)) {
        return false;
      }
      client.update(Resources.LEASES, held(lease.deepCopy(), isMine(lease)));
      return true;
    } catch (ApiException refused) {
      if (refused.reason() == StatusReason.CONFLICT
          || refused.reason() == StatusReason.ALREADY_EXISTS) {
        return false; // somebody was faster
      }
      throw refused;
    }
  }

  /** Lets others have it at once. */
  void release() {
    var found = client.find(Resources.LEASES, key);
    if (found.isPresent() && isMine(found.get())) {
      var free = found.get().deepCopy();
      var now = Timestamps.micros(clock.instant());
      free.withObject("spec")
          .put("holderIdentity", "")
          .put("leaseDurationSeconds", 1)
          .put("acquireTime", now)
          .put("renewTime", now);
      client.update(Resources.LEASES, free);
    }
  }

  private void observe(JsonNode spec) {
    if (!spec.equals(seen)) {
      seen = spec;
      seenAt = clock.instant();
    }
  }

  private boolean isMine(JsonNode lease) {
    return holder(lease).equals(identity);
  }

  private boolean isToBeHad(JsonNode lease) {
    var end = seenAt.plusSeconds(lease.path("spec").path("leaseDurationSeconds").asLong());
    return alone || holder(lease).isEmpty() || !clock.instant().isBefore(end);
  }

  private static String holder(JsonNode lease) {
    return lease.path("spec").path("holderIdentity").asText();
  }

  private ObjectNode empty() {
    var lease = Json.object().put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    lease.putObject("metadata").put("name", key.name()).put("namespace", key.namespace());
    lease.putObject("spec").put("leaseTransitions", -1);
    return lease;
  }

  private ObjectNode held(ObjectNode lease, boolean already) {
    var now = Timestamps.micros(clock.instant());
    var spec = lease.withObject("spec");
    spec.put("holderIdentity", identity)
        .put("leaseDurationSeconds", (int) duration.toSeconds())
        .put("renewTime", now);
    if (!already) {
      spec.put("acquireTime", now);
      spec.put("leaseTransitions", spec.path("leaseTransitions").asInt() + 1);
    }
    return lease;
  }
}
