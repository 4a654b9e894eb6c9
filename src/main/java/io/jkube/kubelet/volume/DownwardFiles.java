package io.jkube.kubelet.volume;

import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.jkube.kubelet.container.ConfigFailure;
import io.jkube.kubelet.container.PodFacts;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a pod may know of itself, as files. */
final class DownwardFiles {
  private DownwardFiles() {}

  static void addTo(FileSet files, PodFacts facts, List<DownwardAPIVolumeFile> items, int mode) {
    for (var item : items) {
      var bytes = value(facts, item).getBytes(StandardCharsets.UTF_8);
      files.add(item.getPath(), bytes, item.getMode() == null ? mode : item.getMode());
    }
  }

  private static String value(PodFacts facts, DownwardAPIVolumeFile item) {
    try {
      if (item.getFieldRef() != null) {
        return facts.field(item.getFieldRef().getFieldPath());
      }
      var ref = item.getResourceFieldRef();
      var divisor = ref.getDivisor() == null ? null : ref.getDivisor().getNumericalAmount();
      return facts.resource(ref.getContainerName(), null, ref.getResource(), divisor);
    } catch (ConfigFailure unknown) {
      throw new VolumeFailure(unknown.getMessage());
    }
  }
}
