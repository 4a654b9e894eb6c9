package io.jkube.kubelet.image;

import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.Image;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The node's images: what the engine has, remembered until somebody finds it wrong, and pulls with
 * each credential in turn. Thread-safe.
 */
public final class Images {
  private final ContainerRuntime runtime;
  private final PullSecrets secrets;
  private final Map<String, Image> known = new ConcurrentHashMap<>();

  public Images(ContainerRuntime runtime, PullSecrets secrets) {
    this.runtime = runtime;
    this.secrets = secrets;
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
