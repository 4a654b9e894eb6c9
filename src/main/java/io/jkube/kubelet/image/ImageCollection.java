package io.jkube.kubelet.image;

import io.jkube.kubelet.image.PulledImages.Pulled;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSummary;
import io.jkube.kubelet.runtime.ContainerRuntime.Image;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes images that nobody needs, the longest unused first (Kubernetes: "Garbage collection of
 * unused containers and images"). Images of the engine are their owner's: only what this kubelet
 * pulled goes, unless somebody gave it another name since, and what any container has, whoever made
 * it, the engine itself refuses to give away.
 *
 * @param highPercent of the disk in use, from which on images go; 100 for never
 * @param lowPercent down to which they go
 * @param leastAge after its last use
 * @param disk what is left where images lie; empty where that is not known
 */
public record ImageCollection(
    ContainerRuntime runtime,
    PulledImages pulled,
    InstantSource clock,
    int highPercent,
    int lowPercent,
    Duration leastAge,
    Supplier<Optional<Disk>> disk) {
  private static final Logger LOG = LoggerFactory.getLogger(ImageCollection.class);
  private static final int WHOLE_PERCENT = 100;

  /** In bytes. */
  public record Disk(long available, long capacity) {
    long usedPercent() {
      return WHOLE_PERCENT - available * WHOLE_PERCENT / capacity;
    }
  }

  /** Of what was to be freed, how much could not be. */
  public record Shortfall(long wantedBytes, long freedBytes) {
    /** In upstream's words. */
    public String message() {
      return ("Failed to garbage collect required amount of images. Attempted to free %d bytes, but"
              + " only found %d bytes eligible to free.")
          .formatted(wantedBytes, freedBytes);
    }
  }

  /**
   * Looks once whether the disk is too full.
   *
   * @return what was not reached, if anything
   * @throws RuntimeFailure when the engine does not answer
   */
  public Optional<Shortfall> collect() {
    noteUses();
    var found = highPercent >= WHOLE_PERCENT ? Optional.<Disk>empty() : disk.get();
    if (found.isEmpty() || found.get().usedPercent() < highPercent) {
      return Optional.empty();
    }
    var now = found.get();
    long wanted = now.capacity() / WHOLE_PERCENT * (WHOLE_PERCENT - lowPercent) - now.available();
    long freed = free(wanted);
    return freed < wanted ? Optional.of(new Shortfall(wanted, freed)) : Optional.empty();
  }

  /** Removes all that nobody needs, however full the disk is. */
  public void collectAll() {
    noteUses();
    free(Long.MAX_VALUE);
  }

  private void noteUses() {
    var used =
        runtime.containers().stream().map(ContainerSummary::imageId).collect(Collectors.toSet());
    pulled.used(used, clock.instant());
  }

  private long free(long wanted) {
    Map<String, Image> there =
        runtime.images().stream().collect(Collectors.toMap(Image::id, image -> image));
    long freed = 0;
    for (var id : unused()) {
      var image = there.get(id.getKey());
      if (freed >= wanted) {
        break;
      }
      if (image == null) {
        pulled.forget(id.getKey());
      } else if (isOurs(image, id.getValue()) && remove(image)) {
        freed += image.sizeBytes();
      }
    }
    return freed;
  }

  private List<Map.Entry<String, Pulled>> unused() {
    Instant newest = clock.instant().minus(leastAge);
    return pulled.all().entrySet().stream()
        .filter(entry -> entry.getValue().lastUsed().isBefore(newest))
        .sorted(Comparator.comparing(entry -> entry.getValue().lastUsed()))
        .toList();
  }

  /** Somebody who gave it a name of his own wants it. */
  private static boolean isOurs(Image image, Pulled pulled) {
    var reference = familiar(pulled.reference());
    return image.tags().stream().allMatch(tag -> tag.equals(reference));
  }

  /** As the engine calls what is of its default registry. */
  private static String familiar(String reference) {
    for (var prefix : List.of("docker.io/library/", "docker.io/")) {
      if (reference.startsWith(prefix)) {
        return reference.substring(prefix.length());
      }
    }
    return reference;
  }

  private boolean remove(Image image) {
    try {
      runtime.removeImage(image.id());
      pulled.forget(image.id());
      LOG.info("removed image {} {}", image.id(), image.tags());
      return true;
    } catch (RuntimeFailure failure) {
      return switch (failure.kind()) {
        case INTERRUPTED -> throw failure;
        case CONFLICT -> {
          LOG.debug("image {} is in use: {}", image.id(), failure.getMessage());
          yield false;
        }
        case UNREACHABLE, NOT_FOUND, REFUSED, TIMED_OUT, UNAUTHORIZED -> {
          LOG.warn("image {} stays: {}", image.id(), failure.getMessage());
          yield false;
        }
      };
    }
  }
}
