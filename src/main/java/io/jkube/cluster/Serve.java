package io.jkube.cluster;

import io.jkube.apiserver.ListenSettings;
import io.jkube.cluster.folder.ServerRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/** Connects ports and API, and notes on disk which process serves: clients can come. */
final class Serve implements StartupStep {
  @Override
  public String title() {
    return "Serve the API";
  }

  @Override
  public Set<Class<? extends StartupStep>> needs() {
    return Set.of(BuildApi.class, Listen.class);
  }

  @Override
  public void start(Parts parts) throws IOException {
    parts.server.serve(parts.chain);
    var process = ProcessHandle.current();
    var insecurePort = parts.server.insecurePort();
    parts.record =
        new ServerRecord(
            process.pid(),
            process.info().startInstant().orElse(Instant.EPOCH),
            parts.clock.instant(),
            ClusterVersion.JKUBE,
            parts.server.port(),
            insecurePort == ListenSettings.NO_INSECURE_PORT ? 0 : insecurePort,
            parts.settings.nodes(),
            parts.settings.runtime().name().toLowerCase(Locale.ROOT),
            parts.settings.options());
    parts.record.write(parts.folder);
  }
}
