package io.jkube.controller.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import io.jkube.api.Quantity;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.api.volume.FolderOwner;
import io.jkube.api.volume.VolumeAnnotations;
import io.jkube.api.volume.VolumeMatch;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import io.jkube.client.EventRecorder;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes volumes out of folders, lets them grow, and removes them with what is in them. What it does
 * is what any external provisioner does, by the same annotations, events and finalizer; a key with
 * a namespace is a claim's, one without a volume's.
 */
public final class LocalProvisioner implements Reconciler {
  /** As classes name it in {@code provisioner}. */
  public static final String NAME = "jkube.io/local";

  private static final Logger LOG = LoggerFactory.getLogger(LocalProvisioner.class);

  /** After a folder could not be removed. */
  private static final Duration NEXT_TRY = Duration.ofMinutes(1);

  private static final int WORKERS = 2;

  private final ApiClient client;
  private final EventRecorder events;
  private final LocalFolders folders;
  private final Informer<ObjectNode> claims;
  private final Informer<ObjectNode> volumes;
  private final Informer<ObjectNode> classes;

  private LocalProvisioner(
      ApiClient client, SharedInformers informers, EventRecorder events, LocalFolders folders) {
    this.client = client;
    this.events = events;
    this.folders = folders;
    this.claims = informers.of(Resources.VOLUME_CLAIMS);
    this.volumes = informers.of(Resources.VOLUMES);
    this.classes = informers.of(Resources.STORAGE_CLASSES);
  }

  /**
   * @param folder where the volumes' folders lie; made when it is first needed
   * @param owner of what containers wrote as other users
   */
  public static ControllerRunner runner(
      ApiClient client,
      SharedInformers informers,
      InstantSource clock,
      Path folder,
      FolderOwner owner) {
    var events = new EventRecorder(client, clock, NAME, "");
    var provisioner =
        new LocalProvisioner(
            client, informers, events, new LocalFolders(folder.toAbsolutePath(), owner));
    var runner = new ControllerRunner(NAME, provisioner, WORKERS, clock);
    return runner
        .follow(provisioner.claims, ObjectHandler.onEvery((key, any) -> runner.enqueue(key)))
        .follow(provisioner.volumes, ObjectHandler.onEvery((key, any) -> runner.enqueue(key)))
        .follow(provisioner.classes, ObjectHandler.onEvery((key, any) -> {}))
        .owns(events);
  }

  @Override
  public Result reconcile(ObjectKey key) throws IOException {
    if (key.namespace().isEmpty()) {
      var volume = volumes.get(key).filter(LocalProvisioner::isOurs);
      return volume.isPresent() ? reclaim(volume.get()) : Result.done();
    }
    var claim = claims.get(key);
    if (claim.isPresent() && isAskedFor(claim.get())) {
      provision(claim.get());
    } else if (claim.isPresent()) {
      grow(claim.get());
    }
    return Result.done();
  }

  private static boolean isOurs(ObjectNode volume) {
    return VolumeMatch.annotation(volume, VolumeAnnotations.PROVISIONED_BY).equals(NAME);
  }

  private static boolean isAskedFor(ObjectNode claim) {
    return VolumeMatch.volumeName(claim).isEmpty()
        && VolumeMatch.annotation(claim, VolumeAnnotations.PROVISIONER).equals(NAME);
  }

  private void provision(ObjectNode claim) throws IOException {
    var name = "pvc-" + claim.at("/metadata/uid").asText();
    var storageClass = classes.get(ObjectKey.cluster(VolumeMatch.className(claim)));
    if (storageClass.isEmpty()
        || client.find(Resources.VOLUMES, ObjectKey.cluster(name)).isPresent()) {
      return;
    }
    var why = refusal(claim);
    if (why.isPresent()) {
      events.warning(
          ObjectReference.to(claim),
          "ProvisioningFailed",
          "failed to provision volume with StorageClass \""
              + VolumeMatch.className(claim)
              + "\": "
              + why.get());
      return;
    }
    events.normal(
        ObjectReference.to(claim),
        "Provisioning",
        "External provisioner is provisioning volume for claim \"" + Json.key(claim) + "\"");
    var path = folders.make(name);
    create(LocalVolume.of(name, path, claim, storageClass.get(), NAME));
    events.normal(
        ObjectReference.to(claim),
        "ProvisioningSucceeded",
        "Successfully provisioned volume " + name);
  }

  /** What a folder cannot be. */
  private static Optional<String> refusal(ObjectNode claim) {
    var spec = claim.path("spec");
    if (spec.path("selector").isObject()) {
      return Optional.of("claim.Spec.Selector is not supported");
    }
    if (spec.path("volumeMode").asText().equals("Block")) {
      return Optional.of("block volumes are not supported");
    }
    return spec.path("dataSource").isObject() || spec.path("dataSourceRef").isObject()
        ? Optional.of("data sources are not supported")
        : Optional.empty();
  }

  private void create(ObjectNode volume) {
    try {
      client.create(Resources.VOLUMES, volume);
    } catch (ApiException refused) {
      if (refused.reason() != StatusReason.ALREADY_EXISTS) {
        throw refused;
      }
    }
  }

  /** A folder has room for what the disk has: only the numbers change. */
  private void grow(ObjectNode claim) {
    var volume = volumes.get(ObjectKey.cluster(VolumeMatch.volumeName(claim)));
    boolean bound = claim.path("status").path("phase").asText().equals("Bound");
    if (!bound || volume.isEmpty() || !isOurs(volume.get()) || !isTooSmall(claim)) {
      return;
    }
    var size = claim.at("/spec/resources/requests/storage");
    events.normal(
        ObjectReference.to(claim),
        "Resizing",
        "External resizer is resizing volume " + Json.key(volume.get()).name());
    if (VolumeMatch.size(volume.get()).compareTo(VolumeMatch.requested(claim)) < 0) {
      var larger = volume.get().deepCopy();
      larger.withObject("spec").withObject("capacity").set("storage", size);
      client.update(Resources.VOLUMES, larger);
    }
    var next = claim.deepCopy();
    next.withObject("status").withObject("capacity").set("storage", size);
    client.updateStatus(Resources.VOLUME_CLAIMS, next);
    events.normal(ObjectReference.to(claim), "VolumeResizeSuccessful", "Resize volume succeeded");
  }

  private static boolean isTooSmall(ObjectNode claim) {
    var has = Quantity.of(claim.at("/status/capacity/storage"));
    return has.compareTo(VolumeMatch.requested(claim)) < 0;
  }

  /** Removes what no claim has any more, if its policy says so. */
  private Result reclaim(ObjectNode volume) {
    var phase = volume.path("status").path("phase").asText();
    boolean deleting = volume.path("metadata").hasNonNull("deletionTimestamp");
    boolean deletes =
        volume.path("spec").path("persistentVolumeReclaimPolicy").asText().equals("Delete");
    boolean free = phase.equals("Released") || deleting && !phase.equals("Bound");
    if (!free || !deletes && !deleting) {
      return Result.done();
    }
    if (deletes && !removeFolder(volume)) {
      return Result.after(NEXT_TRY);
    }
    var let = letGo(volume);
    if (!deleting) {
      delete(let);
    }
    return Result.done();
  }

  private boolean removeFolder(ObjectNode volume) {
    var name = Json.key(volume).name();
    var path = volume.at("/spec/local/path").asText();
    try {
      if (!path.equals(folders.of(name).toString())) {
        throw new IOException("\"" + path + "\" is not a folder of this provisioner");
      }
      folders.remove(name);
      return true;
    } catch (IOException failure) {
      var problem = failure.toString();
      events.warning(ObjectReference.to(volume), "VolumeFailedDelete", problem);
      LOG.warn("what is in volume {} stays for now: {}", name, problem);
      return false;
    }
  }

  private ObjectNode letGo(ObjectNode volume) {
    return Finalizers.without(volume, VolumeAnnotations.PROVISIONER_FINALIZER)
        .map(next -> client.update(Resources.VOLUMES, next))
        .orElse(volume);
  }

  private void delete(ObjectNode volume) {
    try {
      var uid = volume.at("/metadata/uid").asText();
      client.delete(Resources.VOLUMES, Json.key(volume), DeleteOptions.ofUid(uid));
    } catch (ApiException failure) {
      if (failure.reason() != StatusReason.NOT_FOUND) {
        throw failure;
      }
    }
  }
}
