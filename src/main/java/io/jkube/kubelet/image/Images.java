package io.jkube.kubelet.image;

import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.Image;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The node's images: what the engine has, remembered until somebody finds it wrong, and pulls with
 * each credential in turn. Thread-safe.
 */
public final class Images {
  private final ContainerRuntime runtime;
  private final PullSecrets secrets;
  private final InstantSource clock;
  private final PulledImages pulled;
  private final Map<String, Image> known = new ConcurrentHashMap<>();

  /**
   * @param pulled where it is noted what was pulled; null where that matters to nobody
   */
  public Images(
      ContainerRuntime runtime, PullSecrets secrets, InstantSource clock, PulledImages pulled) {
    this.runtime = runtime;
    this.secrets = secrets;
    this.clock = clock;
    this.pulled = pulled;
  }

  /** The engine's image of that name, without asking a registry. */
  public Optional<Image> local(ImageName name) {
    var remembered = known.get(name.reference());
    if (remembered != null) {
      return Optional.of(remembered);
    }
    var found = runtime.image(name.reference());
    found.ifPresent(image -> known.put(name.reference(), image));
    return found;
  }

  /** Forgets what was remembered: images may have changed behind our back. */
  public void forget() {
    known.clear();
  }

  /** Pulls; blocks until the image is there. */
  public Image pull(Pod pod, ImageName name, Consumer<String> progress) {
    if (pulled == null) {
      return pullWithEach(pod, name, progress);
    }
    var before = runtime.images().stream().map(Image::id).collect(Collectors.toSet());
    var image = pullWithEach(pod, name, progress);
    if (!before.contains(image.id())) {
      pulled.note(image.id(), name.reference(), clock.instant());
    }
    return image;
  }

  private Image pullWithEach(Pod pod, ImageName name, Consumer<String> progress) {
    RuntimeFailure refused = null;
    for (var credentials : secrets.of(pod, name)) {
      try {
        return remember(name, runtime.pull(name.reference(), credentials, progress));
      } catch (RuntimeFailure failure) {
        if (failure.kind() != RuntimeFailure.Kind.UNAUTHORIZED) {
          throw failure;
        }
        refused = failure;
      }
    }
    if (refused != null) {
      throw refused;
    }
    return remember(name, runtime.pull(name.reference(), null, progress));
  }

  private Image remember(ImageName name, Image image) {
    known.put(name.reference(), image);
    return image;
  }
}
