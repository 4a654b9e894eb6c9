package io.jkube.kubelet.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.jkube.kubelet.image.ImageCollection.Disk;
import io.jkube.kubelet.image.ImageCollection.Shortfall;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.runtime.fake.FakeRuntime;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which images go from a full disk, and which never do. An image of the engine has 1 MB. */
final class ImageCollectionTest {
  private static final long MB = 1_000_000;

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final InstantSource clock = () -> now;
  private final FakeRuntime runtime = new FakeRuntime(clock);
  private long availableMb = 4;

  @AfterEach
  void close() {
    runtime.close();
  }

  private PulledImages file() {
    return PulledImages.in(folder.resolve("pulled.json"));
  }

  private void pull(String... references) {
    var images =
        new Images(
            runtime,
            new PullSecrets(null, new DockerConfigFile(folder.resolve("config.json"))),
            clock,
            file());
    for (var reference : references) {
      images.pull(pod(), ImageName.parse(reference), line -> {});
      now = now.plus(Duration.ofSeconds(10));
    }
  }

  private static Pod pod() {
    return new PodBuilder().withNewMetadata().endMetadata().withNewSpec().endSpec().build();
  }

  private ImageCollection collection(int high, int low) {
    var disk = Optional.of(new Disk(availableMb * MB, 100 * MB));
    return new ImageCollection(
        runtime, file(), clock, high, low, Duration.ofMinutes(2), () -> disk);
  }

  private List<String> left() {
    return runtime.images().stream().flatMap(image -> image.tags().stream()).sorted().toList();
  }

  @Test
  void whatSomebodyElsePulledOrBuiltStays() {
    runtime.pull("mine:1", null, line -> {});
    pull("mine:1", "theirs:1");
    now = now.plus(Duration.ofMinutes(3));
    collection(95, 90).collectAll();
    assertEquals(List.of("mine:1"), left());
  }

  @Test
  void theLongestUnusedGoesFirstAndNoMoreThanNeeded() {
    pull("a:1", "b:1", "c:1", "d:1");
    now = now.plus(Duration.ofMinutes(3));
    assertEquals(Optional.empty(), collection(95, 94).collect());
    assertEquals(List.of("c:1", "d:1"), left());
  }

  @Test
  void anImageThatCannotBeRemovedKeepsNoOther() {
    pull("a:1", "b:1");
    now = now.plus(Duration.ofMinutes(3));
    var stays = runtime.image("a:1").orElseThrow().id();
    var refusing =
        (ContainerRuntime)
            Proxy.newProxyInstance(
                ContainerRuntime.class.getClassLoader(),
                new Class<?>[] {ContainerRuntime.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("removeImage") && arguments[0].equals(stays)) {
                    throw new RuntimeFailure(RuntimeFailure.Kind.REFUSED, "in another use", null);
                  }
                  return method.invoke(runtime, arguments);
                });
    new ImageCollection(
            refusing, file(), clock, 95, 90, Duration.ofMinutes(2), () -> Optional.empty())
        .collectAll();
    assertEquals(List.of("a:1"), left());
  }

  @Test
  void aDiskThatIsNotFullKeepsAll() {
    pull("a:1");
    now = now.plus(Duration.ofMinutes(3));
    availableMb = 10;
    assertEquals(Optional.empty(), collection(95, 50).collect());
    availableMb = 0;
    assertEquals(Optional.empty(), collection(100, 50).collect());
    assertEquals(List.of("a:1"), left());
  }

  @Test
  void aYoungImageStaysAndWhatIsMissingIsTold() {
    pull("a:1", "b:1");
    now = now.plus(Duration.ofMinutes(2).minusSeconds(15));
    var shortfall = collection(95, 90).collect();
    assertEquals(Optional.of(new Shortfall(6 * MB, MB)), shortfall);
    assertTrue(shortfall.get().message().startsWith("Failed to garbage collect required amount"));
    assertEquals(List.of("b:1"), left());
  }

  @Test
  void aFileNobodyCanReadNamesNothing() throws Exception {
    pull("a:1");
    Files.writeString(folder.resolve("pulled.json"), "{not json");
    now = now.plus(Duration.ofMinutes(3));
    collection(95, 90).collectAll();
    assertEquals(List.of("a:1"), left());
  }

  @Test
  void anotherNameKeepsAnImage() {
    pull("a:1");
    file().note(runtime.images().getFirst().id(), "b:1", now);
    now = now.plus(Duration.ofMinutes(3));
    collection(95, 90).collectAll();
    assertEquals(List.of("a:1"), left());
  }
}
