package io.jkube.store.etcd;

import io.jkube.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Debian's etcd, one member or several, on loopback, with its data in a folder. */
final class EtcdMembers implements AutoCloseable {
  private final Path folder;
  private final List<Member> members = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();

  private record Member(String name, int clientPort, int peerPort) {
    String client() {
      return "http://127.0.0.1:" + clientPort;
    }

    String peer() {
      return "http://127.0.0.1:" + peerPort;
    }
  }

  private EtcdMembers(Path folder) {
    this.folder = folder;
  }

  static EtcdMembers start(Path folder, int count) throws IOException {
    var cluster = new EtcdMembers(folder);
    for (int i = 0; i < count; i++) {
      cluster.members.add(new Member("m" + i, freePort(), freePort()));
      cluster.processes.add(null);
    }
    for (int i = 0; i < count; i++) {
      cluster.start(i);
    }
    for (var member : cluster.members) {
      Await.until(() -> answers(member.clientPort()));
    }
    return cluster;
  }

  /** Short elections, as leases live at least as long as one takes. */
  void start(int index) throws IOException {
    var member = members.get(index);
    var cluster =
        String.join(",", members.stream().map(each -> each.name() + "=" + each.peer()).toList());
    var command =
        List.of(
            "etcd",
            "--name=" + member.name(),
            "--data-dir=" + folder.resolve(member.name()),
            "--listen-client-urls=" + member.client(),
            "--advertise-client-urls=" + member.client(),
            "--listen-peer-urls=" + member.peer(),
            "--initial-advertise-peer-urls=" + member.peer(),
            "--initial-cluster=" + cluster,
            "--heartbeat-interval=20",
            "--election-timeout=200",
            "--max-request-bytes=8388608");
    Files.createDirectories(folder);
    processes.set(
        index,
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(member.name() + ".log").toFile())
            .start());
  }

  /** Without a word of farewell. */
  void kill(int index) throws InterruptedException {
    processes.get(index).destroyForcibly().waitFor();
  }

  EtcdSettings settings() {
    return new EtcdSettings(
        members.stream().map(member -> URI.create(member.client())).toList(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        EtcdSettings.DEFAULT_PREFIX);
  }

  @Override
  public void close() {
    for (var process : processes) {
      process.destroyForcibly();
    }
    for (var process : processes) {
      process.onExit().join();
    }
  }

  private static boolean answers(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
