package io.jkube.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Quantity;
import io.jkube.api.StatusReason;
import io.jkube.api.quota.Amounts;
import io.jkube.api.quota.QuotaScopes;
import io.jkube.api.quota.QuotaUsage;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells in the status of each ResourceQuota what it limits and what is used of it. Admission adds
 * to that what it lets pass; this counts what is there, and so takes away what is gone. Keeps
 * copies of those kinds only that some quota limits.
 */
final class ResourceQuotaController implements Reconciler {
  static final String NAME = "resourcequota-controller";

  private static final GroupVersionResource QUOTAS =
      new GroupVersionResource("", "v1", "resourcequotas");
  private static final int WORKERS = 2;

  /** After which each quota is counted anew, whatever was told. */
  private static final Duration RESYNC = Duration.ofMinutes(5);

  /** What admission let pass is in the status already, but may not be in our copies yet. */
  private static final Duration AFTER_CHARGE = Duration.ofMillis(250);

  private final ApiClient client;
  private final SharedInformers informers;
  private final InstantSource clock;
  private final ControllerRunner runner;
  private final Informer<ObjectNode> quotas;
  private final CountedKinds kinds;

  private ResourceQuotaController(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    this.client = client;
    this.informers = informers;
    this.clock = clock;
    this.runner = new ControllerRunner(NAME, this, WORKERS, clock);
    this.quotas = informers.of(QUOTAS);
    this.kinds = new CountedKinds(new ServedKinds(client));
  }

  static ControllerRunner runner(ApiClient client, SharedInformers informers, InstantSource clock) {
    var controller = new ResourceQuotaController(client, informers, clock);
    return controller.runner.follow(controller.quotas, controller.new QuotaChanges());
  }

  @Override
  public Result reconcile(ObjectKey key) throws InterruptedException {
    var found = quotas.get(key);
    if (found.isEmpty()) {
      return Result.done();
    }
    var quota = found.get();
    var hard = Amounts.of(quota.at("/spec/hard"));
    var used = Amounts.NONE;
    for (var name : hard.names()) {
      used = used.plus(zero(name));
    }
    for (var resource : QuotaUsage.resources(hard.names())) {
      used = used.plus(used(quota, key.namespace(), resource, hard));
    }
    var status = quota.path("status");
    if (!same(hard, status.path("hard")) || !same(used, status.path("used"))) {
      var next = quota.deepCopy();
      next.putObject("status").set("hard", quota.at("/spec/hard").deepCopy());
      ((ObjectNode) next.get("status")).set("used", used.tree());
      client.updateStatus(QUOTAS, next);
    }
    return Result.after(RESYNC);
  }

  private static Amounts zero(String name) {
    return new Amounts(new TreeMap<>(Map.of(name, Quantity.ZERO)));
  }

  private static boolean same(Amounts amounts, JsonNode told) {
    return !told.isMissingNode() && Amounts.of(told).equals(amounts);
  }

  private Amounts used(ObjectNode quota, String namespace, String resource, Amounts hard)
      throws InterruptedException {
    var copy = kinds.copy(resource);
    if (copy.isEmpty()) {
      return Amounts.NONE;
    }
    var names = QuotaUsage.concerning(resource, hard.names());
    var used = Amounts.NONE;
    for (var object : copy.get().list(namespace)) {
      if (QuotaScopes.match(quota, resource, object)) {
        used = used.plus(QuotaUsage.of(resource, object, clock.instant()).only(names));
      }
    }
    return used;
  }

  private void recount(ObjectKey changed, Duration delay) {
    for (var quota : quotas.list(changed.namespace())) {
      runner.enqueueAfter(Json.key(quota), delay);
    }
  }

  /** A change of the status alone is this controller's own, or admission's. */
  private final class QuotaChanges implements ObjectHandler<ObjectNode> {
    @Override
    public void added(ObjectKey key, ObjectNode quota) {
      runner.enqueue(key);
    }

    @Override
    public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
      if (!before.path("spec").equals(after.path("spec"))
          || !after.path("spec").path("hard").equals(after.path("status").path("hard"))) {
        runner.enqueue(key);
      } else if (!before.path("status").equals(after.path("status"))) {
        runner.enqueueAfter(key, AFTER_CHARGE);
      }
    }

    @Override
    public void deleted(ObjectKey key, ObjectNode last) {}
  }

  /** What is counted changes. */
  private final class ObjectChanges implements ObjectHandler<ObjectNode> {
    @Override
    public void added(ObjectKey key, ObjectNode object) {
      recount(key, AFTER_CHARGE);
    }

    @Override
    public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
      if (!before.path("spec").equals(after.path("spec"))
          || !before.path("status").path("phase").equals(after.path("status").path("phase"))) {
        recount(key, Duration.ZERO);
      }
    }

    @Override
    public void deleted(ObjectKey key, ObjectNode last) {
      recount(key, Duration.ZERO);
    }
  }

  /** The local copies of the kinds that quotas limit, each made when it is first needed. */
  private final class CountedKinds {
    private static final Duration SYNC_WAIT = Duration.ofSeconds(30);

    private final ServedKinds served;
    private final Map<String, Informer<ObjectNode>> copies = new ConcurrentHashMap<>();

    CountedKinds(ServedKinds served) {
      this.served = served;
    }

    /** Empty for a kind that is not served. */
    Optional<Informer<ObjectNode>> copy(String resource) throws InterruptedException {
      var known = copies.get(resource);
      if (known == null) {
        known = make(resource);
      }
      if (known != null && !known.awaitSynced(SYNC_WAIT)) {
        throw new ApiException(StatusReason.TIMEOUT, resource + " are not listed yet");
      }
      return Optional.ofNullable(known);
    }

    private synchronized Informer<ObjectNode> make(String resource) {
      return copies.computeIfAbsent(
          resource,
          any ->
              served.deletable().stream()
                  .map(ServedKinds.Served::resource)
                  .filter(each -> each.groupResource().equals(resource))
                  .findFirst()
                  .map(each -> informers.of(each).addHandler(new ObjectChanges()))
                  .orElse(null));
    }
  }
}
