package io.jkube.cli.resource;

import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.OpenFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the texts that {@code -f} names: stdin, URLs, files, the manifests of a folder. */
final class ManifestSource {
  private static final Duration URL_TIMEOUT = Duration.ofSeconds(30);
  private static final Set<String> EXTENSIONS = Set.of("json", "yaml", "yml");

  /** A text and where it came from. */
  record Document(String source, byte[] bytes) {}

  private final CommandContext context;

  ManifestSource(CommandContext context) {
    this.context = context;
  }

  List<Document> read(FileFlags flags) throws InterruptedException {
    var documents = new ArrayList<Document>();
    for (var name : flags.files()) {
      if (name.equals("-")) {
        documents.add(stdin());
      } else if (name.startsWith("http://") || name.startsWith("https://")) {
        documents.add(url(name));
      } else {
        documents.addAll(files(name, flags.isRecursive()));
      }
    }
    return documents;
  }

  private Document stdin() {
    try {
      return new Document("STDIN", context.in().readAllBytes());
    } catch (IOException unreadable) {
      throw new CommandFailure("reading stdin: " + unreadable.getMessage());
    }
  }

  private static Document url(String url) throws InterruptedException {
    try (var client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()) {
      var request = HttpRequest.newBuilder(URI.create(url)).timeout(URL_TIMEOUT).build();
      var reply = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      client.shutdownNow();
      if (reply.statusCode() != 200) {
        throw new CommandFailure(
            "unable to read URL \"%s\", server reported status code=%d"
                .formatted(url, reply.statusCode()));
      }
      return new Document(url, reply.body());
    } catch (ConnectException refused) {
      throw CommandFailure.connectionRefused(URI.create(url).getAuthority());
    } catch (IOException | IllegalArgumentException unreachable) {
      throw new CommandFailure("unable to read URL \"" + url + "\": " + unreachable.getMessage());
    }
  }

  private List<Document> files(String name, boolean recursive) {
    var path = context.path(name);
    if (!Files.exists(path)) {
      throw new CommandFailure("the path \"" + name + "\" does not exist");
    }
    if (!Files.isDirectory(path)) {
      return List.of(file(name, path));
    }
    try (var inside = Files.walk(path, recursive ? Integer.MAX_VALUE : 1)) {
      var manifests = inside.filter(ManifestSource::isManifest).sorted().toList();
      if (manifests.isEmpty()) {
        throw new CommandFailure(
            "error reading [" + name + "]: recognized file extensions are [.json .yaml .yml]");
      }
      return manifests.stream()
          .map(file -> file(Path.of(name).resolve(path.relativize(file)).toString(), file))
          .toList();
    } catch (IOException unreadable) {
      throw new CommandFailure("error reading \"" + name + "\": " + unreadable.getMessage());
    }
  }

  private static boolean isManifest(Path path) {
    var name = path.getFileName().toString();
    return Files.isRegularFile(path)
        && EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static Document file(String shown, Path path) {
    try {
      return new Document(shown, Files.readAllBytes(path));
    } catch (IOException unreadable) {
      throw new CommandFailure(
          "the path \"" + shown + "\" cannot be accessed: " + OpenFailure.text(shown, unreadable));
    }
  }
}
