package io.jkube.kubelet.staticpod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that pods' files lie in, and what they last said. Files whose names begin with a dot,
 * and folders in it, do not count. Confined to the thread that looks.
 */
final class StaticPodFolder {
  private static final Logger LOG = LoggerFactory.getLogger(StaticPodFolder.class);

  /** A file as a look at the folder sees it: whether it is another tells its time and size. */
  private record Look(Object modified, long size) {}

  private record Known(Look look, ObjectNode pod) {}

  private final Path folder;
  private final Function<byte[], ObjectNode> reader;
  private final Function<Located, ObjectNode> identity;
  private final Map<Path, Known> files = new HashMap<>();

  /** What could not be read, of which a word was said. */
  private final Set<Path> unreadable = new HashSet<>();

  /** A pod as its file has it. */
  record Located(Path file, ObjectNode pod) {}

  /**
   * @param reader of a file: a pod with all defaults; fails with ApiException or
   *     IllegalArgumentException that says what is wrong
   * @param identity makes it a pod of this node
   */
  StaticPodFolder(
      Path folder, Function<byte[], ObjectNode> reader, Function<Located, ObjectNode> identity) {
    this.folder = folder;
    this.reader = reader;
    this.identity = identity;
  }

  /** The pods that should run now, by name. As upstream, a folder that is not there has none. */
  Map<ObjectKey, ObjectNode> pods() {
    try {
      var there = there();
      files.keySet().retainAll(there);
      unreadable.retainAll(there);
      there.forEach(this::look);
    } catch (IOException | UncheckedIOException failure) {
      warnOnce(folder, failure);
    }
    var pods = new LinkedHashMap<ObjectKey, ObjectNode>();
    files.keySet().stream()
        .sorted()
        .map(file -> files.get(file).pod)
        .filter(Objects::nonNull)
        .forEach(pod -> pods.putIfAbsent(Json.key(pod), pod));
    return pods;
  }

  private List<Path> there() throws IOException {
    try (var found = Files.list(folder)) {
      return found
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(Files::isRegularFile)
          .toList();
    } catch (NoSuchFileException removed) {
      return List.of();
    }
  }

  private void look(Path file) {
    var known = files.get(file);
    try {
      var look = new Look(Files.getLastModifiedTime(file), Files.size(file));
      if (known == null || !known.look.equals(look)) {
        files.put(file, new Known(look, read(file, known == null ? null : known.pod)));
      }
      unreadable.remove(file);
    } catch (NoSuchFileException gone) {
      LOG.debug("static pod {} is gone", file);
    } catch (IOException failure) {
      warnOnce(file, failure);
    }
  }

  private void warnOnce(Path path, Exception failure) {
    if (unreadable.add(path)) {
      LOG.warn("static pods of {} cannot be read: {}", path, failure.toString());
    }
  }

  private ObjectNode read(Path file, ObjectNode before) throws IOException {
    try {
      var pod = identity.apply(new Located(file, reader.apply(Files.readAllBytes(file))));
      boolean same = before != null && StaticPod.uid(before).equals(StaticPod.uid(pod));
      return same ? before : pod;
    } catch (ApiException | IllegalArgumentException wrong) {
      LOG.warn("static pod {}: {}", file, wrong.getMessage());
      return before;
    } catch (RuntimeException bug) {
      LOG.error("static pod {} is not understood", file, bug);
      return before;
    }
  }
}
