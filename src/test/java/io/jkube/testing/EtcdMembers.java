package io.jkube.testing;

import io.jkube.store.etcd.EtcdSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Debian's etcd, one member or several, on loopback, with its data in a folder. */
public final class EtcdMembers implements AutoCloseable {
  private final Path folder;
  private final boolean tls;
  private final List<Member> members = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();

  private record Member(String name, int clientPort, int peerPort) {
    String client(boolean tls) {
      return (tls ? "https" : "http") + "://127.0.0.1:" + clientPort;
    }

    String peer() {
      return "http://127.0.0.1:" + peerPort;
    }
  }

  private EtcdMembers(Path folder, boolean tls) {
    this.folder = folder;
    this.tls = tls;
  }

  public static EtcdMembers start(Path folder, int count) throws IOException {
    return start(new EtcdMembers(folder, false), count);
  }

  /** One member that wants to see a certificate of its authority from its clients. */
  public static EtcdMembers startWithTls(Path folder) throws Exception {
    Shell.run(
            folder,
            Map.of("PATH", System.getenv("PATH")),
            List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "1",
                "-subj",
                "/CN=etcd",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-addext",
                "extendedKeyUsage=serverAuth,clientAuth",
                "-keyout",
                folder.resolve("key.pem").toString(),
                "-out",
                folder.resolve("cert.pem").toString()))
        .expectSuccess();
    return start(new EtcdMembers(folder, true), 1);
  }

  private static EtcdMembers start(EtcdMembers cluster, int count) throws IOException {
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
  public void start(int index) throws IOException {
    var member = members.get(index);
    var cluster =
        String.join(",", members.stream().map(each -> each.name() + "=" + each.peer()).toList());
    var command =
        new ArrayList<>(
            List.of(
                "etcd",
                "--name=" + member.name(),
                "--data-dir=" + folder.resolve(member.name()),
                "--listen-client-urls=" + member.client(tls),
                "--advertise-client-urls=" + member.client(tls),
                "--listen-peer-urls=" + member.peer(),
                "--initial-advertise-peer-urls=" + member.peer(),
                "--initial-cluster=" + cluster,
                "--heartbeat-interval=20",
                "--election-timeout=200",
                "--max-request-bytes=8388608"));
    if (tls) {
      command.addAll(
          List.of(
              "--cert-file=" + certificate(),
              "--key-file=" + key(),
              "--trusted-ca-file=" + certificate(),
              "--client-cert-auth"));
    }
    Files.createDirectories(folder);
    processes.set(
        index,
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(member.name() + ".log").toFile())
            .start());
  }

  /** Without a word of farewell. */
  public void kill(int index) throws InterruptedException {
    processes.get(index).destroyForcibly().waitFor();
  }

  public EtcdSettings settings() {
    var files = Optional.of(certificate()).filter(any -> tls);
    return new EtcdSettings(
        members.stream().map(member -> URI.create(member.client(tls))).toList(),
        files,
        files,
        Optional.of(key()).filter(any -> tls),
        EtcdSettings.DEFAULT_PREFIX);
  }

  private Path certificate() {
    return folder.resolve("cert.pem");
  }

  private Path key() {
    return folder.resolve("key.pem");
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
