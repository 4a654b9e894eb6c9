package io.jkube.cli.cp;

import io.jkube.api.stream.Link;
import io.jkube.api.stream.MemoryLink;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A file or folder of a container on its way to this machine. */
record Download(RemoteTar remote, String source, Path target) {
  int run() throws InterruptedException {
    var pipe = MemoryLink.pair();
    var exit = new CompletableFuture<Integer>();
    Thread.ofVirtual().name("tar").start(() -> pack(pipe.near(), exit));
    IOException failed = null;
    try (var far = pipe.far()) {
      var archive = new TarInput(far.input());
      new Unpacking(prefix(), target, remote.context().err()).from(archive);
      far.input().transferTo(OutputStream.nullOutputStream());
    } catch (IOException failure) {
      failed = failure;
    }
    int code = awaited(exit, failed);
    if (failed != null && code == ExitCode.OK) {
      throw new CommandFailure(failed.getMessage());
    }
    return code;
  }

  private void pack(Link near, CompletableFuture<Integer> exit) {
    try (near) {
      int code = remote.pack(clean(), near.output());
      near.endOutput();
      exit.complete(code);
    } catch (IOException | RuntimeException failure) {
      exit.completeExceptionally(failure);
    }
  }

  /** What went wrong here comes first: the container's tar fails because of it. */
  private static int awaited(CompletableFuture<Integer> exit, IOException failed)
      throws InterruptedException {
    try {
      return exit.get();
    } catch (ExecutionException broken) {
      if (failed == null && broken.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new CommandFailure(
          failed == null ? broken.getCause().getMessage() : failed.getMessage());
    }
  }

  private String clean() {
    var path = Path.of(source).normalize().toString();
    return path.isEmpty() ? "." : path;
  }

  /** Tar leaves out where names begin: slashes, and steps upwards. */
  private String prefix() {
    var path = Path.of("/", source).normalize().toString();
    return path.substring(1);
  }
}
