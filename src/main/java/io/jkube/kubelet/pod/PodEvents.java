package io.jkube.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.ObjectReference;
import io.jkube.client.EventRecorder;
import io.jkube.kubelet.image.PodImages;

/** Records events about one pod or one of its containers. Thread-safe. */
final class PodEvents implements PodImages.Events {
  private final EventRecorder recorder;
  private final ObjectReference about;

  PodEvents(EventRecorder recorder, JsonNode pod) {
    this(recorder, ObjectReference.to("v1", "Pod", pod));
  }

  private PodEvents(EventRecorder recorder, ObjectReference about) {
    this.recorder = recorder;
    this.about = about;
  }

  /**
   * Events about a container.
   *
   * @param list in which list of the spec it stands: {@code containers}, {@code initContainers},
   *     ...
   */
  PodEvents of(String container, String list) {
    return new PodEvents(recorder, about.at("spec." + list + "{" + container + "}"));
  }

  @Override
  public void normal(String reason, String message) {
    recorder.normal(about, reason, message);
  }

  @Override
  public void warning(String reason, String message) {
    recorder.warning(about, reason, message);
  }
}
