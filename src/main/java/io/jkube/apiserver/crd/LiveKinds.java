package io.jkube.apiserver.crd;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.mutation.Part;
import io.jkube.apiserver.mutation.ServerWrites;
import io.jkube.apiserver.storage.Follower;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.StoredObject;
import io.jkube.apiserver.webhook.WebhookClient;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Tree;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Serves what the CustomResourceDefinitions in the store say, as long as they say it. */
public final class LiveKinds implements AutoCloseable {
  /** Those who have names keep them; of the others the older comes first. */
  private static final Comparator<ObjectNode> OLDEST_FIRST =
      Comparator.<ObjectNode, String>comparing(crd -> text(crd, "/metadata/creationTimestamp"))
          .thenComparing(crd -> text(crd, "/metadata/name"));

  private final ObjectStore objects;
  private final ResourceCatalog catalog;
  private final ResourceDefinition definitions;
  private final ServerWrites writes;
  private final WebhookClient webhooks;
  private final InstantSource clock;
  private final Removals removals;
  private Map<String, KindsOf> serving = new HashMap<>();
  private final Follower follower;

  /** Serves what is there when it returns. */
  public LiveKinds(
      ObjectStore objects,
      Mutations mutations,
      ResourceCatalog catalog,
      ResourceDefinition definitions,
      WebhookClient webhooks,
      InstantSource clock) {
    this.objects = objects;
    this.catalog = catalog;
    this.definitions = definitions;
    this.webhooks = webhooks;
    this.clock = clock;
    this.writes = new ServerWrites(mutations);
    this.removals = new Removals(objects, writes, definitions, clock);
    serve(stored());
    this.follower = new Follower(objects, definitions, this::settle);
  }

  private List<ObjectNode> stored() {
    return objects.all(definitions).stream().map(StoredObject::tree).sorted(OLDEST_FIRST).toList();
  }

  /** Serves first and tells then: who reads that a kind is established can use it. */
  private void settle() {
    var current = stored();
    var claims = new NameClaims(current);
    var settled = new ArrayList<ObjectNode>();
    for (var crd : current) {
      var next = crd.deepCopy();
      claims.settle(next, clock.instant());
      ApiApproval.note(next, clock.instant());
      settled.add(next);
    }
    serve(settled);
    for (int i = 0; i < current.size(); i++) {
      if (!settled.get(i).equals(current.get(i))) {
        writeStatus(settled.get(i));
      }
      if (current.get(i).path("metadata").has("deletionTimestamp")) {
        removals.begin(settled.get(i));
      }
    }
  }

  private void writeStatus(ObjectNode settled) {
    var uid = settled.at("/metadata/uid");
    writes.update(
        definitions,
        ServerWrites.key(settled),
        Part.STATUS,
        current -> {
          var next = current.deepCopy();
          Tree.child(next, "metadata").remove("resourceVersion");
          if (current.at("/metadata/uid").equals(uid)) {
            CrdStatus.take(settled, next);
          }
          return next;
        });
  }

  private void serve(List<ObjectNode> crds) {
    var next = new HashMap<String, KindsOf>();
    for (var crd : crds) {
      var name = text(crd, "/metadata/name");
      next.put(name, KindsOf.of(crd, serving.get(name), webhooks));
    }
    var all = new ArrayList<ResourceDefinition>();
    next.values().forEach(kinds -> all.addAll(kinds.definitions()));
    all.sort(KindsOf.DISCOVERY_ORDER);
    catalog.serveCustom(all);
    var before = serving;
    serving = next;
    before.forEach(
        (name, kinds) -> {
          if (!kinds.readsLike(next.get(name))) {
            kinds.definitions().stream()
                .findFirst()
                .ifPresent(any -> objects.endWatches(any.resource()));
          }
        });
  }

  @Override
  public void close() {
    follower.close();
    removals.close();
  }
}
