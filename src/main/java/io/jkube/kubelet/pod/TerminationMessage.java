package io.jkube.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.LogRequest;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a container left as its last words: the file it wrote, else, where the pod wants it and the
 * container failed, the end of its output (Kubernetes: "Customizing the termination message").
 */
final class TerminationMessage {
  private static final Logger LOG = LoggerFactory.getLogger(TerminationMessage.class);
  private static final int MAX_FILE_BYTES = 4096;
  private static final int MAX_LOG_BYTES = 2048;
  private static final int MAX_LOG_LINES = 80;

  private TerminationMessage() {}

  static String of(
      ContainerRuntime runtime, Container spec, ContainerRuntime.Container ended, Path file) {
    var written = read(file);
    boolean fallBack =
        "FallbackToLogsOnError".equals(spec.getTerminationMessagePolicy()) && ended.exitCode() != 0;
    return written.isEmpty() && fallBack ? lastOutput(runtime, ended.id()) : written;
  }

  private static String read(Path file) {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      LOG.warn("termination message {}: {}", file.getFileName(), unreadable.getMessage());
      return "";
    }
  }

  private static String lastOutput(ContainerRuntime runtime, String id) {
    var output = new ByteArrayOutputStream();
    var request = new LogRequest(false, MAX_LOG_LINES, null, false, true, true);
    try (var lines = runtime.logs(id, request)) {
      for (var line = lines.next(); line != null; line = lines.next()) {
        output.writeBytes(line.line());
      }
    } catch (RuntimeFailure gone) {
      LOG.debug("output of {}: {}", id, gone.getMessage());
    }
    var text = output.toString(StandardCharsets.UTF_8);
    return text.length() <= MAX_LOG_BYTES ? text : text.substring(text.length() - MAX_LOG_BYTES);
  }
}
