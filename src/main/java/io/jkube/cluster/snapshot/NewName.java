package io.jkube.cluster.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.apiserver.storage.StorageKeys;
import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.store.Versioned;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a cluster's objects say of the cluster they came from, said of the new one: nodes are named
 * after their cluster, pods and volumes name their nodes, volumes lie in the cluster's folder. Pods
 * that were not over begin anew, as their containers are the old cluster's.
 */
final class NewName {
  private static final String NODES = StorageKeys.prefix(Resources.NODES);
  private static final String PODS = StorageKeys.prefix(Resources.PODS);
  private static final String VOLUMES = StorageKeys.prefix(Resources.VOLUMES);
  private static final String CLAIMS = StorageKeys.prefix(Resources.VOLUME_CLAIMS);

  /** What belongs to a node and is made by its kubelet again. */
  private static final String NODE_LEASES =
      StorageKeys.prefix(Resources.LEASES) + "kube-node-lease/";

  private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
  private static final byte[] ENCRYPTED = "k8s:enc:".getBytes(StandardCharsets.US_ASCII);

  private final SnapshotHeader from;
  private final ClusterFolder to;
  private final Pattern oldNode;

  NewName(SnapshotHeader from, ClusterFolder to) {
    this.from = from;
    this.to = to;
    this.oldNode = Pattern.compile(Pattern.quote(from.cluster()) + "(-[0-9]+)?");
  }

  /**
   * The entry as the new cluster has it; empty where it has none.
   *
   * @throws SnapshotException it would have to be changed and is encrypted
   */
  Optional<Versioned> of(Versioned entry) throws SnapshotException {
    var key = entry.key();
    if (key.startsWith(NODE_LEASES)) {
      return isRenamed() ? Optional.empty() : Optional.of(entry);
    }
    if (key.startsWith(PODS)) {
      return Optional.of(with(entry, key, pod(object(entry))));
    }
    if (key.startsWith(VOLUMES)) {
      return Optional.of(with(entry, key, volume(object(entry))));
    }
    if (isRenamed() && key.startsWith(CLAIMS)) {
      return Optional.of(with(entry, key, claim(object(entry))));
    }
    if (isRenamed() && key.startsWith(NODES)) {
      var node = renamed(key.substring(NODES.length()));
      return Optional.of(with(entry, NODES + node, node(object(entry))));
    }
    return Optional.of(entry);
  }

  private boolean isRenamed() {
    return !from.cluster().equals(to.name());
  }

  private ObjectNode object(Versioned entry) throws SnapshotException {
    var value = entry.value();
    if (value.length >= ENCRYPTED.length
        && Arrays.equals(value, 0, ENCRYPTED.length, ENCRYPTED, 0, ENCRYPTED.length)) {
      throw new SnapshotException(
          entry.key()
              + " is encrypted in the snapshot, and names the cluster that it is of: take pods,"
              + " nodes, volumes and claims out of --encryption-provider-config before saving");
    }
    return Json.parse(value);
  }

  private static Versioned with(Versioned entry, String key, ObjectNode object) {
    return new Versioned(key, Json.bytes(object), entry.createRevision(), entry.modRevision());
  }

  private ObjectNode node(ObjectNode node) {
    if (node.get("metadata") instanceof ObjectNode metadata) {
      rename(metadata, "name");
      if (metadata.get("labels") instanceof ObjectNode labels) {
        rename(labels, "kubernetes.io/hostname");
      }
    }
    return node;
  }

  private ObjectNode pod(ObjectNode pod) {
    if (pod.get("spec") instanceof ObjectNode spec) {
      rename(spec, "nodeName");
      renameWithin(spec.path("affinity").path("nodeAffinity"));
      if (spec.get("nodeSelector") instanceof ObjectNode selector) {
        rename(selector, "kubernetes.io/hostname");
      }
    }
    if (pod.get("status") instanceof ObjectNode status && !isOver(status)) {
      var begun = Json.object().put("phase", "Pending");
      if (status.has("qosClass")) {
        begun.set("qosClass", status.get("qosClass"));
      }
      pod.set("status", begun);
    }
    return pod;
  }

  private static boolean isOver(ObjectNode status) {
    var phase = status.path("phase").asText();
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  private ObjectNode claim(ObjectNode claim) {
    if (claim.at("/metadata/annotations") instanceof ObjectNode annotations) {
      rename(annotations, SELECTED_NODE);
    }
    return claim;
  }

  private ObjectNode volume(ObjectNode volume) {
    renameWithin(volume.at("/spec/nodeAffinity"));
    for (var source : new String[] {"local", "hostPath"}) {
      if (volume.path("spec").get(source) instanceof ObjectNode place) {
        moved(place.path("path").asText()).ifPresent(path -> place.put("path", path.toString()));
      }
    }
    return volume;
  }

  /** Where a folder of the old cluster is in the new one; empty for any other path. */
  private Optional<Path> moved(String path) {
    var old = Path.of(path).normalize();
    var folder = from.folder().normalize();
    return old.startsWith(folder) && !old.equals(folder)
        ? Optional.of(to.path().resolve(folder.relativize(old)))
        : Optional.empty();
  }

  private void rename(ObjectNode parent, String field) {
    if (parent.get(field) instanceof TextNode text) {
      parent.put(field, renamed(text.asText()));
    }
  }

  private void renameWithin(JsonNode tree) {
    switch (tree) {
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          if (array.get(i) instanceof TextNode text) {
            array.set(i, TextNode.valueOf(renamed(text.asText())));
          } else {
            renameWithin(array.get(i));
          }
        }
      }
      case ObjectNode object -> object.forEach(this::renameWithin);
      default -> {}
    }
  }

  private String renamed(String node) {
    return isRenamed() && oldNode.matcher(node).matches()
        ? to.name() + node.substring(from.cluster().length())
        : node;
  }
}
