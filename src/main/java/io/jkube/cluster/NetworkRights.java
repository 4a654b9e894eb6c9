package io.jkube.cluster;

import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.runtime.docker.DockerCluster;
import io.jkube.kubelet.runtime.docker.NetworkHelper;
import io.jkube.network.nft.NetworkAdmin;
import io.jkube.network.nft.NftProxy;
import io.jkube.network.nft.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How rules get into the kernel: by ourselves where we are root, else by a container's rights. */
sealed interface NetworkRights extends NetworkAdmin, AutoCloseable {
  /** In a word or two. */
  String words();

  @Override
  void close();

  /** Whether a cluster's last server needed a container for its rules. */
  static boolean wereOfContainer(ClusterFolder folder) throws IOException {
    return Files.exists(folder.services())
        && Files.readString(folder.services()).startsWith(OfContainer.WORDS);
  }

  /** Makes nothing yet. */
  static NetworkRights of(DockerCluster cluster, String name)
      throws IOException, InterruptedException {
    return NftProxy.isRoot()
        ? new Own()
        : new OfContainer(new NetworkHelper(cluster, name, Programs.files()));
  }

  /** Those of root. */
  record Own() implements NetworkRights {
    @Override
    public String words() {
      return "nftables";
    }

    @Override
    public Result run(List<String> command, String input) throws IOException, InterruptedException {
      return ROOT.run(command, input);
    }

    @Override
    public void set(Path setting, String value) throws IOException, InterruptedException {
      ROOT.set(setting, value);
    }

    @Override
    public void close() {}
  }

  /** Those that the engine gives. */
  record OfContainer(NetworkHelper helper) implements NetworkRights {
    /** {@code sh -c TEXT NAME FILE VALUE}. */
    private static final String WRITE = "printf %s \"$2\" > \"$1\"";

    private static final String WORDS = "nftables, set by a container of the engine";

    @Override
    public String words() {
      return WORDS;
    }

    @Override
    public Result run(List<String> command, String input) throws IOException {
      try {
        var done = helper.run(command, input.getBytes(StandardCharsets.UTF_8));
        var said = new String(done.stdout(), StandardCharsets.UTF_8);
        return new Result(done.exitCode(), said.strip());
      } catch (RuntimeFailure refused) {
        throw new IOException("the container for rules: " + refused.getMessage(), refused);
      }
    }

    @Override
    public void set(Path setting, String value) throws IOException {
      var shell = Programs.find("sh").orElseThrow(() -> new IOException("there is no shell"));
      var command = List.of(shell.toString(), "-c", WRITE, "set", setting.toString(), value);
      var result = run(command, "");
      if (result.exitCode() != 0) {
        throw new IOException(setting + " cannot be set: " + result.output());
      }
    }

    @Override
    public void close() {
      helper.close();
    }
  }
}
