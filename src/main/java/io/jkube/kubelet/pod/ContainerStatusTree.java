package io.jkube.kubelet.pod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.Container.State;
import java.time.Instant;

/**
 * What is known of a container as a {@code ContainerStatus}.
 *
 * @param idScheme of container ids: the engine's name
 */
record ContainerStatusTree(String idScheme) {
  private static final String START_ERROR = "StartError";
  private static final int START_ERROR_EXIT_CODE = 128;

  /**
   * @param otherwise why it waits when nothing else is known
   */
  ObjectNode of(Container spec, ContainerRecord record, Waiting otherwise) {
    var newest = record.newest();
    var status = Json.object().put("name", spec.getName());
    status.set("state", state(record, otherwise));
    status.set("lastState", lastState(record));
    status.put("ready", record.ready());
    status.put("restartCount", record.restartCount());
    status.put("image", spec.getImage());
    status.put("imageID", newest == null ? "" : idScheme + "://" + newest.imageId());
    if (newest != null) {
      status.put("containerID", id(newest));
    }
    status.put("started", record.isRunning() && record.started());
    resources(spec, status);
    mounts(spec, status);
    return status;
  }

  private ObjectNode state(ContainerRecord record, Waiting otherwise) {
    var state = Json.object();
    var newest = record.newest();
    if (record.isRunning()) {
      state.putObject("running").put("startedAt", time(newest.startedAt()));
    } else if (record.hasExited() && record.waiting() == null) {
      state.set("terminated", terminated(newest, record.newestMessage()));
    } else {
      var waiting = record.waiting() == null ? otherwise : record.waiting();
      var said = state.putObject("waiting").put("reason", waiting.reason());
      if (!waiting.message().isEmpty()) {
        said.put("message", waiting.message());
      }
    }
    return state;
  }

  /** While the newest one's end is shown as waiting, it is itself the last state. */
  private ObjectNode lastState(ContainerRecord record) {
    var last = Json.object();
    if (record.hasExited() && record.waiting() != null) {
      last.set("terminated", terminated(record.newest(), record.newestMessage()));
    } else if (record.previous() != null && record.previous().state() == State.EXITED) {
      last.set("terminated", terminated(record.previous(), record.previousMessage()));
    }
    return last;
  }

  /** The state of a container of which the engine knows nothing any more. */
  static ObjectNode lost(String containerId) {
    var state = Json.object();
    state
        .putObject("terminated")
        .put("exitCode", ContainerRecord.LOST_EXIT_CODE)
        .put("reason", "ContainerStatusUnknown")
        .put("message", "The container could not be located when the pod was looked at")
        .put("containerID", containerId);
    return state;
  }

  private ObjectNode terminated(ContainerRuntime.Container ended, String message) {
    boolean neverRan = ended.startedAt() == null;
    var terminated = Json.object();
    terminated.put("exitCode", neverRan ? START_ERROR_EXIT_CODE : ended.exitCode());
    terminated.put("reason", reason(ended, neverRan));
    var text = neverRan ? ended.error() : message;
    if (text != null && !text.isEmpty()) {
      terminated.put("message", text);
    }
    terminated.put("startedAt", time(neverRan ? Instant.EPOCH : ended.startedAt()));
    terminated.put(
        "finishedAt", time(ended.finishedAt() == null ? ended.createdAt() : ended.finishedAt()));
    terminated.put("containerID", id(ended));
    return terminated;
  }

  private static String reason(ContainerRuntime.Container ended, boolean neverRan) {
    if (neverRan) {
      return START_ERROR;
    }
    if (ended.oomKilled()) {
      return "OOMKilled";
    }
    return ended.exitCode() == 0 ? "Completed" : "Error";
  }

  /** What the container has, in force as soon as it was allocated. */
  private static void resources(Container spec, ObjectNode status) {
    var resources = spec.getResources();
    if (resources == null) {
      return;
    }
    var said = Json.object();
    if (resources.getLimits() != null && !resources.getLimits().isEmpty()) {
      resources.getLimits().forEach((name, q) -> said.withObject("limits").put(name, q.toString()));
    }
    if (resources.getRequests() != null && !resources.getRequests().isEmpty()) {
      var requests = said.putObject("requests");
      resources.getRequests().forEach((name, q) -> requests.put(name, q.toString()));
      status.set("allocatedResources", requests.deepCopy());
    }
    status.set("resources", said);
  }

  private static void mounts(Container spec, ObjectNode status) {
    if (spec.getVolumeMounts().isEmpty()) {
      return;
    }
    var mounts = status.putArray("volumeMounts");
    for (var mount : spec.getVolumeMounts()) {
      var said = mounts.addObject().put("name", mount.getName());
      said.put("mountPath", mount.getMountPath());
      if (Boolean.TRUE.equals(mount.getReadOnly())) {
        boolean recursive = "Enabled".equals(mount.getRecursiveReadOnly());
        said.put("readOnly", true).put("recursiveReadOnly", recursive ? "Enabled" : "Disabled");
      }
    }
  }

  private String id(ContainerRuntime.Container container) {
    return idScheme + "://" + container.id();
  }

  private static String time(Instant instant) {
    return Timestamps.seconds(instant);
  }
}
