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

  /** Events about a container: {@code spec.containers{name}} or {@code spec.initContainers}. */
  PodEvents of(String container, boolean init) {
    var field = init ? "spec.initContainers{" : "spec.containers{";
    return new PodEvents(recorder, about.at(field + container + "}"));
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
