package io.jkube.kubelet.runtime.docker;

import io.jkube.api.Json;
import io.jkube.api.volume.FolderOwner;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Does with folders what root may, in a container of the pause image that sees nothing else and is
 * gone afterwards: who may use the engine may do so anyway.
 *
 * @param cluster whose containers these are
 */
record FoldersByEngine(Engine engine, String cluster, Prepared<String> image)
    implements FolderOwner {
  private static final String FOLDER = "/folder";

  /** A volume may hold many files. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @Override
  public void empty(Path folder) throws IOException {
    run(folder, List.of("empty", FOLDER));
  }

  @Override
  public void give(Path folder, long group) throws IOException {
    run(folder, List.of("give", Long.toString(group), FOLDER));
  }

  private void run(Path folder, List<String> words) throws IOException {
    try {
      var id = create(folder, words);
      try {
        engine.post("/containers/" + id + "/start", LIMIT);
        var ended = engine.post("/containers/" + id + "/wait", LIMIT);
        if (ended.path("StatusCode").asInt() != 0) {
          throw new IOException("not all of " + folder + " could be changed, even by the engine");
        }
      } finally {
        Containers.remove(engine, id);
      }
    } catch (RuntimeFailure failure) {
      throw new IOException("the engine does not help with " + folder, failure);
    }
  }

  private String create(Path folder, List<String> words) {
    var request = Json.object().put("Image", image.get()).put("User", "0:0");
    words.forEach(request.putArray("Cmd")::add);
    request.putObject("Labels").put(Labels.CLUSTER, cluster).put(Labels.TYPE, Labels.HELPER_TYPE);
    var host = request.putObject("HostConfig").put("NetworkMode", "none").put("UsernsMode", "host");
    host.putObject("LogConfig").put("Type", "none");
    host.putArray("Mounts")
        .addObject()
        .put("Type", "bind")
        .put("Source", folder.toAbsolutePath().toString())
        .put("Target", FOLDER);
    return engine.post("/containers/create", request).path("Id").asText();
  }
}
