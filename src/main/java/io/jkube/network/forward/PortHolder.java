package io.jkube.network.forward;

import io.jkube.network.proxy.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Who listens at a port of this machine, as far as the kernel tells us. */
public final class PortHolder {
  private static final Path PROC = Path.of("/proc");
  private static final int LOCAL_ADDRESS = 1;
  private static final int REMOTE_ADDRESS = 2;
  private static final int INODE = 9;

  private PortHolder() {}

  /**
   * Why a port of 127.0.0.1 is not to be had.
   *
   * @param refused what binding it said
   */
  public static String why(Protocol protocol, int port, IOException refused) {
    return String.valueOf(refused.getMessage()).contains("ermission denied")
        ? "port " + port + " of 127.0.0.1 needs root"
        : "port " + port + " of 127.0.0.1 is held by " + of(protocol, port);
  }

  /** {@code process "nginx" (123)}; where we may not look into it, {@code another process}. */
  static String of(Protocol protocol, int port) {
    var name = protocol == Protocol.UDP ? "udp" : "tcp";
    return Stream.of(name, name + "6")
        .flatMap(table -> inode(PROC.resolve("net").resolve(table), port).stream())
        .flatMap(inode -> owner(inode).stream())
        .findFirst()
        .orElse("another process");
  }

  private static Optional<String> inode(Path table, int port) {
    var suffix = String.format(Locale.ROOT, ":%04X", port);
    try (var lines = Files.lines(table)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(words -> words.length > INODE && words[LOCAL_ADDRESS].endsWith(suffix))
          .filter(words -> words[REMOTE_ADDRESS].endsWith(":0000"))
          .map(words -> words[INODE])
          .findFirst();
    } catch (IOException | java.io.UncheckedIOException unknown) {
      return Optional.empty();
    }
  }

  private static Optional<String> owner(String inode) {
    var socket = "socket:[" + inode + "]";
    try (var processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var process : processes) {
        if (has(process.resolve("fd"), socket)) {
          var name = Files.readString(process.resolve("comm")).strip();
          return Optional.of("process \"" + name + "\" (" + process.getFileName() + ")");
        }
      }
    } catch (IOException unknown) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean has(Path descriptors, String socket) {
    try (var all = Files.newDirectoryStream(descriptors)) {
      for (var each : all) {
        if (Files.isSymbolicLink(each) && Files.readSymbolicLink(each).toString().equals(socket)) {
          return true;
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException notOurs) {
      return false;
    }
    return false;
  }
}
