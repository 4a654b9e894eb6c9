package io.jkube.client.informer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.client.ApiClient;
import io.jkube.client.ListOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A local, always newest copy of a collection, and news of each change. Reads never block and never
 * fail; before {@link #awaitSynced} the copy may be incomplete. Objects in it are shared: do not
 * change them.
 *
 * @param <T> what an object's tree is read as
 */
public final class Informer<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Informer.class);
  private static final String NAMESPACE_INDEX = "namespace";
  private static final Duration FIRST_RETRY = Duration.ofMillis(50);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

  private final GroupVersionResource resource;
  private final Function<ObjectNode, T> read;
  private final LocalStore<T> store;
  private final Reflector reflector;
  private final CountDownLatch synced = new CountDownLatch(1);

  /** Guards {@link #handlers} and, held while changes are told, their order. */
  private final Object delivery = new Object();

  private final List<ObjectHandler<T>> handlers = new ArrayList<>();

  private Informer(Builder<T> from) {
    this.resource = from.resource;
    this.read = from.read;
    this.store = new LocalStore<>(from.indexes);
    this.reflector =
        new Reflector(
            from.client.resource(resource),
            from.namespace,
            from.selection,
            new RetryDelay(from.firstRetry, from.longestRetry),
            new Copy());
  }

  /** An informer of trees. */
  public static Builder<ObjectNode> of(ApiClient client, GroupVersionResource resource) {
    return new Builder<>(client, resource, Function.identity());
  }

  /** An informer of a class of the fabric8 model. */
  public static <T> Builder<T> of(ApiClient client, GroupVersionResource resource, Class<T> type) {
    return new Builder<>(client, resource, tree -> Json.as(tree, type));
  }

  /** An informer of what {@code read} makes of each tree. */
  public static <T> Builder<T> of(
      ApiClient client, GroupVersionResource resource, Function<ObjectNode, T> read) {
    return new Builder<>(client, resource, read);
  }

  public GroupVersionResource resource() {
    return resource;
  }

  /** Begins to list and watch. Handlers added before miss nothing; those added later neither. */
  public Informer<T> start() {
    reflector.start();
    return this;
  }

  /** The handler is told of what is there already (as added), then of each change. */
  public Informer<T> addHandler(ObjectHandler<T> handler) {
    synchronized (delivery) {
      handlers.add(handler);
      for (var key : store.keys()) {
        var object = store.get(key).object();
        tell(handler, h -> h.added(key, object));
      }
    }
    return this;
  }

  /** Whether the first list is in the copy and was told to the handlers. */
  public boolean synced() {
    return synced.getCount() == 0;
  }

  /** Waits for {@link #synced}; false when it is not so after {@code limit}. */
  public boolean awaitSynced(Duration limit) throws InterruptedException {
    return synced.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  public Optional<T> get(ObjectKey key) {
    var entry = store.get(key);
    return entry == null ? Optional.empty() : Optional.of(entry.object());
  }

  public List<T> list() {
    return store.objects();
  }

  /**
   * @param namespace empty for all
   */
  public List<T> list(String namespace) {
    return namespace.isEmpty() ? list() : store.byIndex(NAMESPACE_INDEX, namespace);
  }

  /**
   * The objects for which the index function of that name gave {@code value}.
   *
   * @throws IllegalArgumentException when there is no such index
   */
  public List<T> byIndex(String index, String value) {
    return store.byIndex(index, value);
  }

  /** Whether the namespace has no object. */
  public boolean isEmpty(String namespace) {
    return store.count(NAMESPACE_INDEX, namespace) == 0;
  }

  /** How many objects {@link #byIndex} would answer; costs nothing. */
  public int count(String index, String value) {
    return store.count(index, value);
  }

  /** Ends the watch and its thread; the copy stays readable and gets old. */
  @Override
  public void close() {
    reflector.close();
  }

  private void tell(ObjectHandler<T> handler, Consumer<ObjectHandler<T>> news) {
    try {
      news.accept(handler);
    } catch (RuntimeException failure) {
      LOG.error("handler of {} failed", resource, failure);
    }
  }

  /** The reflector's view of this informer; called by its thread only. */
  private final class Copy implements Reflector.Target {
    @Override
    public void replace(List<ObjectNode> listed) {
      synchronized (delivery) {
        var gone = new HashSet<>(store.keys());
        for (var tree : listed) {
          gone.remove(Json.key(tree));
          put(tree);
        }
        gone.forEach(key -> remove(key, null));
      }
      synced.countDown();
    }

    @Override
    public void put(ObjectNode tree) {
      var key = Json.key(tree);
      var version = tree.path("metadata").path("resourceVersion").asText();
      var known = store.get(key);
      if (known != null && known.version().equals(version)) {
        return;
      }
      T object = decode(key, tree);
      if (object == null) {
        return;
      }
      synchronized (delivery) {
        var before = store.put(key, version, object);
        for (var handler : handlers) {
          tell(
              handler,
              before == null
                  ? h -> h.added(key, object)
                  : h -> h.updated(key, before.object(), object));
        }
      }
    }

    @Override
    public void remove(ObjectNode tree) {
      var key = Json.key(tree);
      remove(key, decode(key, tree));
    }

    private void remove(ObjectKey key, T last) {
      synchronized (delivery) {
        var known = store.remove(key);
        if (known != null) {
          T object = last == null ? known.object() : last;
          handlers.forEach(handler -> tell(handler, h -> h.deleted(key, object)));
        }
      }
    }

    /** One object that cannot be read must not hide the others. */
    private T decode(ObjectKey key, ObjectNode tree) {
      try {
        return read.apply(tree);
      } catch (ApiException | IllegalArgumentException unreadable) {
        LOG.error("{} {} is left out of the copy: {}", resource, key, unreadable.getMessage());
        return null;
      }
    }
  }

  /** What to keep a copy of. */
  public static final class Builder<T> {
    private final ApiClient client;
    private final GroupVersionResource resource;
    private final Function<ObjectNode, T> read;
    private final Map<String, BiFunction<ObjectKey, T, Collection<String>>> indexes =
        new HashMap<>();
    private String namespace = "";
    private ListOptions selection = ListOptions.ALL;
    private Duration firstRetry = FIRST_RETRY;
    private Duration longestRetry = LONGEST_RETRY;

    private Builder(ApiClient client, GroupVersionResource resource, Function<ObjectNode, T> read) {
      this.client = client;
      this.resource = resource;
      this.read = read;
      index(NAMESPACE_INDEX, (key, object) -> List.of(key.namespace()));
    }

    public Builder<T> namespace(String only) {
      this.namespace = only;
      return this;
    }

    public Builder<T> labels(String selector) {
      this.selection = selection.withLabels(selector);
      return this;
    }

    public Builder<T> fields(String selector) {
      this.selection = selection.withFields(selector);
      return this;
    }

    /** Makes {@link Informer#byIndex} answer the objects for which {@code values} gave a value. */
    public Builder<T> index(String name, Function<T, Collection<String>> values) {
      return index(name, (key, object) -> values.apply(object));
    }

    /** How long to wait after a failed call; doubled by each further one up to the longest. */
    Builder<T> retryAfter(Duration first, Duration longest) {
      this.firstRetry = first;
      this.longestRetry = longest;
      return this;
    }

    public Informer<T> build() {
      return new Informer<>(this);
    }

    private Builder<T> index(String name, BiFunction<ObjectKey, T, Collection<String>> values) {
      indexes.put(name, values);
      return this;
    }
  }
}
