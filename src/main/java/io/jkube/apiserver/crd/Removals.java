package io.jkube.apiserver.crd;

import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.apiserver.mutation.Part;
import io.jkube.apiserver.mutation.ServerWrites;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.Selection;
import io.jkube.apiserver.storage.WatchOptions;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Tree;
import io.jkube.registry.crd.CrdConditions;
import io.jkube.registry.crd.CustomResourceDefinitions;
import io.jkube.registry.crd.CustomResources;
import io.jkube.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes away the objects of deleted definitions, and then lets the definitions go. */
final class Removals implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Removals.class);

  /** After which the objects are looked at again, whatever was seen of them. */
  private static final Duration NEXT_LOOK = Duration.ofSeconds(5);

  private final ObjectStore objects;
  private final ServerWrites writes;
  private final ResourceDefinition definitions;
  private final InstantSource clock;
  private final Map<String, Thread> running = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Removals(
      ObjectStore objects,
      ServerWrites writes,
      ResourceDefinition definitions,
      InstantSource clock) {
    this.objects = objects;
    this.writes = writes;
    this.definitions = definitions;
    this.clock = clock;
  }

  /** Does nothing where it is under way, or where the server's own finalizer is gone. */
  void begin(ObjectNode crd) {
    if (!closed
        && texts(crd, "/metadata/finalizers").contains(CustomResourceDefinitions.FINALIZER)) {
      var name = text(crd, "/metadata/name");
      running.computeIfAbsent(
          text(crd, "/metadata/uid"),
          uid -> Thread.ofVirtual().name("removal of " + name).start(() -> remove(crd, uid)));
    }
  }

  private void remove(ObjectNode crd, String uid) {
    try {
      if (!text(crd, "/status/acceptedNames/plural").isEmpty()) {
        tell(crd, true, "InstanceDeletionInProgress", "CustomResource deletion is in progress");
        empty(CustomResources.stored(crd));
      }
      tell(crd, false, "InstanceDeletionCompleted", "removed all instances");
      letGo(crd);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (ApiException | StoreException failure) {
      if (!closed) {
        LOG.warn("{} stays: {}", text(crd, "/metadata/name"), failure.getMessage());
      }
    } finally {
      running.remove(uid);
    }
  }

  private void empty(ResourceDefinition kind) throws InterruptedException {
    var options = new WatchOptions(new WatchOptions.Start.Now(), false, NEXT_LOOK);
    while (!closed) {
      try (var feed = objects.watch(Selection.all(kind, ""), options)) {
        var left = objects.all(kind);
        if (left.isEmpty()) {
          return;
        }
        for (var object : left) {
          if (!object.tree().path("metadata").hasNonNull("deletionTimestamp")) {
            writes.delete(kind, ServerWrites.key(object.tree()));
          }
        }
        if (!objects.all(kind).isEmpty()) {
          feed.next();
        }
      }
    }
    throw new InterruptedException("the server stops");
  }

  private void tell(ObjectNode crd, boolean value, String reason, String message) {
    change(
        crd,
        Part.STATUS,
        next ->
            CrdConditions.set(
                next, CrdConditions.TERMINATING, value, reason, message, clock.instant()));
  }

  private void letGo(ObjectNode crd) {
    change(
        crd,
        Part.MAIN,
        next -> {
          var left = Tree.child(next, "metadata").putArray("finalizers");
          texts(crd, "/metadata/finalizers").stream()
              .filter(finalizer -> !finalizer.equals(CustomResourceDefinitions.FINALIZER))
              .forEach(left::add);
        });
  }

  private void change(ObjectNode crd, Part part, java.util.function.Consumer<ObjectNode> edit) {
    writes.update(
        definitions,
        ServerWrites.key(crd),
        part,
        current -> {
          var next = current.deepCopy();
          Tree.child(next, "metadata").remove("resourceVersion");
          if (current.at("/metadata/uid").equals(crd.at("/metadata/uid"))) {
            edit.accept(next);
          }
          return next;
        });
  }

  @Override
  public void close() {
    closed = true;
    running.values().forEach(Thread::interrupt);
  }
}
