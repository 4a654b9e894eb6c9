package io.jkube.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a pod said of the disk, against what it uses. */
final class LocalStorageTest {
  private static final long MIB = 1 << 20;

  private static Pod pod(String volumes, String limits) {
    var text =
        "{'spec':{'volumes':[%s],'containers':[{'name':'a','resources':{'limits':{%s}}}]}}"
            .formatted(volumes, limits);
    return Json.as(Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), Pod.class);
  }

  private static Optional<String> excess(Pod pod, long inVolume, long written) {
    return new LocalStorage(pod, volume -> inVolume, container -> written).excess();
  }

  @Test
  void whoSaidNothingIsNotLookedAt() {
    assertFalse(LocalStorage.isLimited(pod("{'name':'v','emptyDir':{}}", "'memory':'1Mi'")));
    assertTrue(LocalStorage.isLimited(pod("{'name':'v','emptyDir':{'sizeLimit':'1Mi'}}", "")));
    assertTrue(LocalStorage.isLimited(pod("", "'ephemeral-storage':'1Mi'")));
  }

  @Test
  void aVolumeHasItsOwnLimit() {
    var pod = pod("{'name':'v','emptyDir':{'sizeLimit':'2Mi'}}", "");
    assertEquals(Optional.empty(), excess(pod, 2 * MIB, 9 * MIB));
    assertEquals(
        Optional.of("Usage of EmptyDir volume \"v\" exceeds the limit \"2Mi\". "),
        excess(pod, 2 * MIB + 1, 0));
  }

  @Test
  void volumesCountForThePodAsAWhole() {
    var pod = pod("{'name':'v','emptyDir':{}}", "'ephemeral-storage':'2Mi'");
    assertEquals(Optional.empty(), excess(pod, MIB, MIB));
    assertEquals(
        Optional.of(
            "Pod ephemeral local storage usage exceeds the total limit of containers 2Mi. "),
        excess(pod, MIB, MIB + 1));
  }

  @Test
  void memoryIsNoDisk() {
    var pod = pod("{'name':'v','emptyDir':{'medium':'Memory'}}", "'ephemeral-storage':'2Mi'");
    assertEquals(Optional.empty(), excess(pod, 9 * MIB, MIB));
  }
}
