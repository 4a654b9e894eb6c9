package io.jkube.kubelet.image;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.kubelet.container.Backoff;
import io.jkube.kubelet.container.GoDuration;
import io.jkube.kubelet.runtime.ContainerRuntime.Image;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The images of one pod's containers: pull policy, pull, back-off. Asked by the pod's worker alone;
 * a pull runs on a thread of its own and wakes the worker when it is over.
 */
public final class PodImages {
  /** What a container that wants to start is told. */
  public sealed interface Answer {
    record Present(Image image, boolean pulled) implements Answer {}

    record Underway() implements Answer {}

    /**
     * @param reason the container's waiting reason
     * @param retryAt null when only a change of the pod helps
     */
    record Failed(String reason, String message, Instant retryAt) implements Answer {}
  }

  /** Told of what happened, in the words of upstream's events. */
  public interface Events {
    void normal(String reason, String message);

    void warning(String reason, String message);
  }

  private record Pull(CompletableFuture<Image> result, long beganNanos, Thread thread) {}

  private record Failure(Instant at, String message) {}

  /** How long the error itself stands in the status before the back-off does. */
  private static final Duration ERROR_SHOWN_FOR = Duration.ofSeconds(2);

  private final Images images;
  private final InstantSource clock;
  private final Runnable wake;
  private final Backoff backoff = new Backoff(Backoff.INITIAL, Backoff.LONGEST);
  private final Map<String, Pull> pulls = new HashMap<>();
  private final Map<String, Failure> failures = new HashMap<>();
  private final Map<String, String> told = new HashMap<>();

  public PodImages(Images images, InstantSource clock, Runnable wake) {
    this.images = images;
    this.clock = clock;
    this.wake = wake;
  }

  /** The container's image, or why it is not there (yet). */
  public Answer ensure(Pod pod, Container container, Events events) {
    var image = container.getImage();
    ImageName name;
    try {
      name = ImageName.parse(image);
    } catch (IllegalArgumentException malformed) {
      var message =
          "Failed to apply default image tag \"" + image + "\": " + malformed.getMessage();
      return refused("InvalidImageName", message, "InspectFailed", image, events);
    }
    if (pulls.containsKey(image)) {
      return pulled(pod, name, image, events);
    }
    var policy = policy(container, name);
    var local = policy.equals("Always") ? Optional.<Image>empty() : images.local(name);
    if (local.isPresent()) {
      events.normal(
          "Pulled",
          "Container image \""
              + image
              + "\" already present on machine and can be accessed by the pod");
      return new Answer.Present(local.get(), false);
    }
    if (policy.equals("Never")) {
      var message = "Container image \"" + image + "\" is not present with pull policy of Never";
      return refused("ErrImageNeverPull", message, "ErrImageNeverPull", image, events);
    }
    return pulled(pod, name, image, events);
  }

  /** What failed until now is tried again at once. */
  public void forgetDelays() {
    failures.clear();
  }

  /** Ends the pulls that are under way. */
  public void cancel() {
    pulls.values().forEach(pull -> pull.thread.interrupt());
    pulls.clear();
  }

  private static String policy(Container container, ImageName name) {
    var policy = container.getImagePullPolicy();
    if (policy != null && !policy.isEmpty()) {
      return policy;
    }
    return name.reference().endsWith(":latest") ? "Always" : "IfNotPresent";
  }

  private Answer pulled(Pod pod, ImageName name, String image, Events events) {
    var pull = pulls.get(image);
    if (pull == null) {
      var waiting = waiting(image, events);
      return waiting.isPresent() ? waiting.get() : begin(pod, name, image, events);
    }
    if (!pull.result.isDone()) {
      return new Answer.Underway();
    }
    pulls.remove(image);
    return pull.result.isCompletedExceptionally()
        ? failed(image, pull.result.exceptionNow(), events)
        : succeeded(image, pull, events);
  }

  private Optional<Answer> waiting(String image, Events events) {
    var failure = failures.get(image);
    if (failure == null) {
      return Optional.empty();
    }
    var retryAt = failure.at.plus(backoff.delay(image, failure.at));
    if (!clock.instant().isBefore(retryAt)) {
      return Optional.empty();
    }
    var shownUntil = failure.at.plus(ERROR_SHOWN_FOR);
    if (clock.instant().isBefore(shownUntil)) {
      return Optional.of(new Answer.Failed("ErrImagePull", failure.message, shownUntil));
    }
    var message = "Back-off pulling image \"" + image + "\"";
    if (tellOnce(image, "BackOff")) {
      events.normal("BackOff", message);
      events.warning("Failed", "Error: ImagePullBackOff");
    }
    return Optional.of(
        new Answer.Failed(
            "ImagePullBackOff", message + ": ErrImagePull: " + failure.message, retryAt));
  }

  private Answer begin(Pod pod, ImageName name, String image, Events events) {
    events.normal("Pulling", "Pulling image \"" + image + "\"");
    var result = new CompletableFuture<Image>();
    var thread =
        Thread.ofVirtual()
            .name("pull " + image)
            .start(
                () -> {
                  try {
                    result.complete(images.pull(pod, name, progress -> {}));
                  } catch (RuntimeException failure) {
                    result.completeExceptionally(failure);
                  }
                  wake.run();
                });
    pulls.put(image, new Pull(result, System.nanoTime(), thread));
    return new Answer.Underway();
  }

  private Answer succeeded(String image, Pull pull, Events events) {
    failures.remove(image);
    told.remove(image);
    var took = GoDuration.of(Duration.ofNanos(System.nanoTime() - pull.beganNanos));
    var found = pull.result.resultNow();
    events.normal(
        "Pulled",
        "Successfully pulled image \"%s\" in %s (%s including waiting). Image size: %d bytes."
            .formatted(image, took, took, found.sizeBytes()));
    return new Answer.Present(found, true);
  }

  private Answer failed(String image, Throwable cause, Events events) {
    var message = cause instanceof RuntimeFailure failure ? failure.getMessage() : cause.toString();
    events.warning("Failed", "Failed to pull image \"" + image + "\": " + message);
    events.warning("Failed", "Error: ErrImagePull");
    var now = clock.instant();
    backoff.next(image, now, now);
    failures.put(image, new Failure(now, message));
    told.remove(image);
    return new Answer.Failed("ErrImagePull", message, now.plus(ERROR_SHOWN_FOR));
  }

  private Answer refused(String reason, String message, String event, String image, Events events) {
    if (tellOnce(image, reason)) {
      events.warning(event, message);
      events.warning("Failed", "Error: " + reason);
    }
    return new Answer.Failed(reason, message, clock.instant().plus(Backoff.INITIAL));
  }

  private boolean tellOnce(String image, String reason) {
    return !reason.equals(told.put(image, reason));
  }
}
