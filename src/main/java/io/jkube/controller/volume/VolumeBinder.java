package io.jkube.controller.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.volume.VolumeAnnotations;
import io.jkube.api.volume.VolumeMatch;
import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.InstantSource;

/**
 * Ties claims to volumes and follows both until they part. A key with a namespace is a claim's, one
 * without a volume's. One worker: a binding takes four writes, and two of them must not meet.
 */
public final class VolumeBinder implements Reconciler {
  public static final String NAME = "persistent-volume-binder";

  private static final String EVENT_SOURCE = "persistentvolume-controller";
  private static final int WORKERS = 1;

  private final Informer<ObjectNode> claims;
  private final Informer<ObjectNode> volumes;
  private final Informer<ObjectNode> classes;
  private final UnboundClaims unbound;
  private final BoundClaims bound;
  private final VolumeStates states;

  private VolumeBinder(
      SharedInformers informers, BindingWriter writer, EventRecorder events, ClaimQueue queue) {
    this.claims = informers.of(Resources.VOLUME_CLAIMS);
    this.volumes = informers.of(Resources.VOLUMES);
    this.classes = informers.of(Resources.STORAGE_CLASSES);
    this.unbound =
        new UnboundClaims(volumes, classes, informers.of(Resources.PODS), writer, events);
    this.bound = new BoundClaims(volumes, writer, events);
    this.states = new VolumeStates(claims, writer, events, queue);
  }

  /** Where a volume's claim is put to be looked at. */
  @FunctionalInterface
  interface ClaimQueue {
    void add(ObjectKey claim);
  }

  public static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var events = new EventRecorder(client, clock, EVENT_SOURCE, "");
    var queue = new LateQueue();
    var binder = new VolumeBinder(informers, new BindingWriter(client), events, queue);
    var runner = new ControllerRunner(NAME, binder, WORKERS, clock);
    queue.runner = runner;
    return runner
        .follow(binder.claims, new ClaimNews(runner))
        .follow(binder.volumes, new VolumeNews(runner, binder.claims))
        .follow(binder.classes, ObjectHandler.onEvery((key, any) -> binder.retryPending(runner)))
        .owns(events);
  }

  @Override
  public Result reconcile(ObjectKey key) {
    if (key.namespace().isEmpty()) {
      volumes.get(key).ifPresent(states::follow);
    } else {
      claims.get(key).ifPresent(this::follow);
    }
    return Result.done();
  }

  private void follow(ObjectNode claim) {
    if (VolumeMatch.hasAnnotation(claim, VolumeAnnotations.BIND_COMPLETED)) {
      bound.follow(claim);
    } else {
      unbound.follow(claim);
    }
  }

  private void retryPending(ControllerRunner runner) {
    for (var claim : claims.list()) {
      if (VolumeMatch.volumeName(claim).isEmpty()) {
        runner.enqueue(Json.key(claim));
      }
    }
  }

  /** The runner is made after what it runs. */
  private static final class LateQueue implements ClaimQueue {
    private volatile ControllerRunner runner;

    @Override
    public void add(ObjectKey claim) {
      runner.enqueue(claim);
    }
  }

  /** A claim that is gone leaves its volume to be reclaimed. */
  private record ClaimNews(ControllerRunner runner) implements ObjectHandler<ObjectNode> {
    @Override
    public void added(ObjectKey key, ObjectNode claim) {
      runner.enqueue(key);
    }

    @Override
    public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
      runner.enqueue(key);
    }

    @Override
    public void deleted(ObjectKey key, ObjectNode last) {
      var volume = VolumeMatch.volumeName(last);
      if (!volume.isEmpty()) {
        runner.enqueue(ObjectKey.cluster(volume));
      }
    }
  }

  /** A volume that comes or is free again may be what a claim waits for. */
  private record VolumeNews(ControllerRunner runner, Informer<ObjectNode> claims)
      implements ObjectHandler<ObjectNode> {
    @Override
    public void added(ObjectKey key, ObjectNode volume) {
      changed(key, volume);
    }

    @Override
    public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
      changed(key, after);
    }

    @Override
    public void deleted(ObjectKey key, ObjectNode last) {
      if (last.path("spec").has("claimRef")) {
        runner.enqueue(VolumeMatch.referenced(last));
      }
    }

    private void changed(ObjectKey key, ObjectNode volume) {
      runner.enqueue(key);
      if (volume.path("status").path("phase").asText().equals("Available")) {
        for (var claim : claims.list()) {
          var wanted = VolumeMatch.volumeName(claim);
          if (wanted.isEmpty() || wanted.equals(key.name())) {
            runner.enqueue(Json.key(claim));
          }
        }
      }
    }
  }
}
