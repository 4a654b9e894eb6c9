package io.jkube.cli.create;

import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.OpenFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Where the data of a ConfigMap or Secret comes from. */
final class DataFlags {
  @Option(
      names = "--from-literal",
      paramLabel = "KEY=VALUE",
      description = "A key with this value.")
  List<String> literals = new ArrayList<>();

  @Option(
      names = "--from-file",
      paramLabel = "[KEY=]FILE",
      description =
          "A key with a file's content; the key is the file's name where none is given."
              + " A folder gives a key for each of its files.")
  List<String> files = new ArrayList<>();

  @Option(
      names = "--from-env-file",
      paramLabel = "FILE",
      description = "A key for each line KEY=VALUE of a file.")
  List<String> environmentFiles = new ArrayList<>();

  /** The keys in order, each with its bytes. */
  SequencedMap<String, byte[]> read(CommandContext context) {
    var data = new TreeMap<String, byte[]>();
    for (var literal : literals) {
      var pair = pair(literal, "literal source");
      add(data, pair[0], pair[1].getBytes(StandardCharsets.UTF_8));
    }
    for (var file : files) {
      addFile(data, file, context);
    }
    for (var file : environmentFiles) {
      addLines(data, file, context);
    }
    return data;
  }

  private static void addFile(TreeMap<String, byte[]> data, String typed, CommandContext context) {
    int equals = typed.indexOf('=');
    var name = typed.substring(equals + 1);
    var path = context.path(name);
    if (equals < 0 && Files.isDirectory(path)) {
      try (var inside = Files.list(path)) {
        inside
            .filter(Files::isRegularFile)
            .forEach(
                file -> add(data, file.getFileName().toString(), bytes(file.toString(), file)));
      } catch (IOException unreadable) {
        throw new CommandFailure("error reading " + name + ": " + OpenFailure.reason(unreadable));
      }
      return;
    }
    var key = equals < 0 ? path.getFileName().toString() : typed.substring(0, equals);
    add(data, key, bytes(name, path));
  }

  private static void addLines(TreeMap<String, byte[]> data, String file, CommandContext context) {
    var utf8 = StandardCharsets.UTF_8;
    for (var line :
        new String(bytes(file, context.path(file)), utf8).lines().map(String::strip).toList()) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        var pair = pair(line, "line of " + file);
        add(data, pair[0], pair[1].getBytes(utf8));
      }
    }
  }

  private static String[] pair(String text, String what) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw new CommandFailure("invalid " + what + " " + text + ", expected key=value");
    }
    return new String[] {text.substring(0, equals), text.substring(equals + 1)};
  }

  private static void add(TreeMap<String, byte[]> data, String key, byte[] value) {
    if (data.put(key, value) != null) {
      throw new CommandFailure(
          "cannot add key \"" + key + "\", another key by that name already exists in Data");
    }
  }

  private static byte[] bytes(String shown, Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new CommandFailure("error reading " + shown + ": " + OpenFailure.reason(unreadable));
    }
  }
}
