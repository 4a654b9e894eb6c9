package io.jkube.apiserver.aggregation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Resources;
import io.jkube.apiserver.discovery.OtherVersion;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.mutation.Part;
import io.jkube.apiserver.mutation.ServerWrites;
import io.jkube.apiserver.openapi.OtherDocuments;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.apiserver.storage.Follower;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.StoredObject;
import io.jkube.apiserver.webhook.ServiceAddresses;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.apiregistration.AvailableCondition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the APIServices: knows which group versions other servers serve, looks whether they can
 * be asked, says so in their status, and passes requests on to them.
 */
public final class Aggregator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Aggregator.class);

  /** Below it the documents of a group version stand under its own path. */
  private static final String OPENAPI = "/openapi/v3";

  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private final ObjectStore objects;
  private final ResourceCatalog catalog;
  private final ResourceDefinition apiServices;
  private final ServerWrites writes;
  private final InstantSource clock;
  private final ServiceAddresses services;
  private final AvailabilityCheck check;
  private final LocalServices local;
  private final RemoteDocuments documents;
  private final Semaphore signal = new Semaphore(0);
  private final List<AutoCloseable> followed = new ArrayList<>();
  private final List<OtherVersion> beside;
  private volatile Known known;
  private volatile Thread thread;
  private volatile boolean closed;

  /** One state; {@code others} is the same list until discovery has something else to say. */
  private record Known(Map<String, Remote> byApiVersion, List<OtherVersion> others) {}

  /**
   * @param beside what this server serves beside the catalog's kinds, until another one does
   */
  public Aggregator(
      ObjectStore objects,
      Mutations mutations,
      ResourceCatalog catalog,
      ResourceDefinition apiServices,
      List<OtherVersion> beside,
      InstantSource clock) {
    this.beside = List.copyOf(beside);
    this.known = new Known(Map.of(), this.beside);
    this.objects = objects;
    this.catalog = catalog;
    this.apiServices = apiServices;
    this.writes = new ServerWrites(mutations);
    this.clock = clock;
    this.services = new ServiceAddresses(objects);
    this.check = new AvailabilityCheck(objects);
    this.local = new LocalServices(catalog, this.beside, apiServices, writes);
    this.documents = new RemoteDocuments(this::available, clock);
  }

  /**
   * From now on APIServices are followed, those of what is served here are kept, and other servers
   * are asked.
   *
   * @param own shown to other servers, which know by it that we speak for others; null for nothing
   */
  public synchronized void start(KeyManager[] own) {
    if (thread != null || closed) {
      return;
    }
    thread = Thread.ofVirtual().name("aggregator").start(() -> run(own));
    catalog.onChange(signal::release);
    followed.add(new Follower(objects, apiServices, signal::release));
  }

  /** Whether requests to this path are for another server. */
  public boolean serves(String path) {
    return remote(path).isPresent();
  }

  /** The answer of the server whose the path is; empty where it is none of another server. */
  public Optional<Reply> answer(ApiRequest request, UserInfo user) {
    return remote(request.path())
        .map(remote -> remote.available() ? remote.server().forward(request, user) : unavailable());
  }

  /**
   * What discovery says of all that stands in no catalog; the same list until it is something else.
   */
  public List<OtherVersion> others() {
    return known.others();
  }

  /** What OpenAPI says of other servers. */
  public OtherDocuments documents() {
    return documents;
  }

  private List<RemoteServer> available() {
    return known.byApiVersion().values().stream()
        .filter(Remote::available)
        .map(Remote::server)
        .toList();
  }

  /** Upstream's answer, which clients put into words of their own. */
  public static Reply unavailable() {
    var text = "service unavailable\n".getBytes(StandardCharsets.UTF_8);
    return new Reply.Text(503, "text/plain; charset=utf-8", text, null);
  }

  private Optional<Remote> remote(String path) {
    var all = known.byApiVersion();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    var below = path.startsWith(OPENAPI) ? path.substring(OPENAPI.length()) : path;
    if (!below.startsWith("/apis/")) {
      return Optional.empty();
    }
    var parts = below.split("/", 5);
    return parts.length < 4
        ? Optional.empty()
        : Optional.ofNullable(all.get(parts[2] + "/" + parts[3]));
  }

  private void run(KeyManager[] own) {
    try {
      while (!closed) {
        long wait = Long.MAX_VALUE;
        try {
          wait = settle(own);
        } catch (RuntimeException failure) {
          if (closed) {
            return; // with what it works on
          }
          // Whatever one object causes, the others are looked after.
          LOG.warn("APIServices are looked at again", failure);
          wait = RETRY_AFTER.toNanos();
        }
        if (signal.tryAcquire(Math.max(0, wait), TimeUnit.NANOSECONDS)) {
          signal.drainPermits();
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** How long nothing is to be done, in nanoseconds. */
  private long settle(KeyManager[] own) throws InterruptedException {
    var all = objects.all(apiServices).stream().map(StoredObject::tree).toList();
    var before = known.byApiVersion();
    var next = new LinkedHashMap<String, Remote>();
    for (var apiService : all) {
      if (RemoteApi.isMeant(apiService)) {
        var api = RemoteApi.of(apiService);
        next.put(api.apiVersion(), remote(apiService, api, before.get(api.apiVersion()), own));
      }
    }
    know(next);
    local.settle(all);
    if (next.isEmpty()) {
      return Long.MAX_VALUE;
    }
    followServices();
    return look(all, next);
  }

  private Remote remote(ObjectNode apiService, RemoteApi api, Remote before, KeyManager[] own) {
    if (before != null && before.server().api().equals(api)) {
      return before;
    }
    var server = new RemoteServer(api, services, own);
    return Remote.unseen(server, AvailableCondition.isTrue(apiService));
  }

  private long look(List<ObjectNode> all, Map<String, Remote> remotes) throws InterruptedException {
    var found = new LinkedHashMap<>(remotes);
    var asked = new LinkedHashMap<String, Future<Availability>>();
    var cutOff = new HashSet<String>();
    remotes.forEach(
        (name, remote) -> {
          long now = System.nanoTime();
          var broken = check.ofService(remote.server().api().service());
          if (broken.isPresent()) {
            found.put(name, remote.cutOff(broken.get(), now));
            cutOff.add(name);
          } else if (remote.isDue(now)) {
            asked.put(name, check.ofServer(remote.server()));
          }
        });
    know(found);
    for (var one : asked.entrySet()) {
      found.put(one.getKey(), remotes.get(one.getKey()).asked(await(one), System.nanoTime()));
      know(found);
    }
    for (var apiService : all) {
      if (RemoteApi.isMeant(apiService)) {
        report(apiService, found.get(RemoteApi.of(apiService).apiVersion()).last());
      }
    }
    return found.entrySet().stream()
        .filter(entry -> !cutOff.contains(entry.getKey()))
        .mapToLong(entry -> entry.getValue().dueIn(System.nanoTime()))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static Availability await(Map.Entry<String, Future<Availability>> asked)
      throws InterruptedException {
    try {
      return asked.getValue().get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("a look comes with an answer", impossible);
    }
  }

  private void report(ObjectNode apiService, Availability found) {
    if (found == null || says(apiService, found)) {
      return;
    }
    writes.update(
        apiServices,
        ServerWrites.key(apiService),
        Part.STATUS,
        current -> {
          var next = current.deepCopy();
          AvailableCondition.write(
              next, found.available(), found.reason(), found.message(), clock.instant());
          return next;
        });
  }

  private static boolean says(ObjectNode apiService, Availability found) {
    var condition = AvailableCondition.of(apiService);
    return condition.path("status").asText().equals(found.available() ? "True" : "False")
        && condition.path("reason").asText().equals(found.reason())
        && condition.path("message").asText().equals(found.message());
  }

  private void know(Map<String, Remote> remotes) {
    var others = new ArrayList<>(remotes.values().stream().map(Remote::discovered).toList());
    beside.stream()
        .filter(own -> !remotes.containsKey(own.group() + "/" + own.version()))
        .forEach(others::add);
    var same = known.others().equals(others) ? known.others() : others;
    known = new Known(new HashMap<>(remotes), same);
  }

  /** From the first server on that is not this one. */
  private synchronized void followServices() {
    if (followed.size() > 1 || closed) {
      return;
    }
    for (var resource : List.of(Resources.SERVICES, Resources.ENDPOINT_SLICES)) {
      catalog
          .find(resource)
          .ifPresent(kind -> followed.add(new Follower(objects, kind, signal::release)));
    }
  }

  /** Ends following; requests under way go on. */
  @Override
  public synchronized void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
    }
    for (var changes : followed) {
      try {
        changes.close();
      } catch (Exception failure) {
        LOG.debug("closing a watch: {}", failure.getMessage());
      }
    }
  }
}
