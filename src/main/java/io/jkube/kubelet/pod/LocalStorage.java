package io.jkube.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Whether a pod uses more of the disk than it said, in upstream's words ("Local ephemeral
 * storage").
 *
 * @param volumeBytes what an emptyDir of the pod holds
 * @param writtenBytes what a running container wrote into its own file system
 */
record LocalStorage(
    Pod pod, ToLongFunction<Volume> volumeBytes, ToLongFunction<Container> writtenBytes) {
  private static final String RESOURCE = "ephemeral-storage";

  /** Whether there is anything to look at: looking costs. */
  static boolean isLimited(Pod pod) {
    return pod.getSpec().getVolumes().stream().anyMatch(volume -> sizeLimit(volume) != null)
        || pod.getSpec().getContainers().stream().anyMatch(each -> limit(each) != null);
  }

  Optional<String> excess() {
    return ofVolumes().or(this::ofPod).or(this::ofContainers);
  }

  private Optional<String> ofVolumes() {
    for (var volume : pod.getSpec().getVolumes()) {
      var limit = sizeLimit(volume);
      if (limit != null && isOver(volumeBytes.applyAsLong(volume), limit.getNumericalAmount())) {
        return Optional.of(
            "Usage of EmptyDir volume \"%s\" exceeds the limit \"%s\". "
                .formatted(volume.getName(), limit));
      }
    }
    return Optional.empty();
  }

  private Optional<String> ofPod() {
    var sum = BigDecimal.ZERO;
    for (var container : pod.getSpec().getContainers()) {
      if (limit(container) == null) {
        return Optional.empty();
      }
      sum = sum.add(limit(container).getNumericalAmount());
    }
    long used = 0;
    for (var volume : pod.getSpec().getVolumes()) {
      used += onDisk(volume) ? volumeBytes.applyAsLong(volume) : 0;
    }
    for (var container : pod.getSpec().getContainers()) {
      used += writtenBytes.applyAsLong(container);
    }
    return isOver(used, sum)
        ? Optional.of(
            "Pod ephemeral local storage usage exceeds the total limit of containers %s. "
                .formatted(text(sum)))
        : Optional.empty();
  }

  private Optional<String> ofContainers() {
    for (var container : pod.getSpec().getContainers()) {
      var limit = limit(container);
      if (limit != null
          && isOver(writtenBytes.applyAsLong(container), limit.getNumericalAmount())) {
        return Optional.of(
            "Container %s exceeded its local ephemeral storage limit \"%s\". "
                .formatted(container.getName(), limit));
      }
    }
    return Optional.empty();
  }

  private String text(BigDecimal sum) {
    var containers = pod.getSpec().getContainers();
    return containers.size() == 1 ? limit(containers.getFirst()).toString() : sum.toPlainString();
  }

  private static boolean isOver(long used, BigDecimal limit) {
    return limit.compareTo(BigDecimal.valueOf(used)) < 0;
  }

  private static boolean onDisk(Volume volume) {
    return volume.getEmptyDir() != null && !"Memory".equals(volume.getEmptyDir().getMedium());
  }

  private static Quantity sizeLimit(Volume volume) {
    var limit = volume.getEmptyDir() == null ? null : volume.getEmptyDir().getSizeLimit();
    return limit == null || limit.getNumericalAmount().signum() == 0 ? null : limit;
  }

  private static Quantity limit(Container container) {
    var resources = container.getResources();
    return resources == null || resources.getLimits() == null
        ? null
        : resources.getLimits().get(RESOURCE);
  }
}
