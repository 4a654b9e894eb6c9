package io.jkube.cli.testing;

import io.jkube.cli.Cli;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.Interruption;
import io.jkube.cli.command.Terminal;
import io.jkube.cli.testing.CommandLines.CommandLine;
import io.jkube.cluster.Cluster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The commands of jkube as the server runs them, but in this process.
 *
 * @param folder they work in
 */
record Jkube(Cluster cluster, Path folder) {
  Said run(CommandLine line, Path kubeconfig) throws IOException {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    try (var in =
        line.stdin().isEmpty()
            ? InputStream.nullInputStream()
            : Files.newInputStream(folder.resolve(line.stdin()))) {
      int code = new Cli().run(line.words(), context(in, out, err, kubeconfig, new Interruption()));
      return new Said(
          out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), code);
    }
  }

  CommandContext context(
      InputStream in,
      OutputStream out,
      OutputStream err,
      Path kubeconfig,
      Interruption interruption) {
    return new CommandContext(
        in,
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of("KUBECONFIG", kubeconfig.toString(), "TZ", "UTC"),
        folder,
        Terminal.NONE,
        TestCluster.NAME,
        cluster.record().url(),
        cluster::administrator,
        InstantSource.system(),
        interruption,
        new Cli(),
        Optional.of(cluster));
  }
}
