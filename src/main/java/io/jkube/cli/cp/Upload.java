package io.jkube.cli.cp;

import io.jkube.api.stream.Link;
import io.jkube.api.stream.MemoryLink;
import io.jkube.cli.command.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A file or folder of this machine on its way into a container. */
record Upload(RemoteTar remote, Path source, String target, boolean noPreserve) {
  int run() throws InterruptedException {
    var there = strippedOfSlashes(target);
    if (remote.isFolder(there)) {
      there = (there.equals("/") ? "" : there) + "/" + source.getFileName();
    }
    int slash = there.lastIndexOf('/');
    var folder = slash < 0 ? "." : slash == 0 ? "/" : there.substring(0, slash);
    var name = there.substring(slash + 1);
    var pipe = MemoryLink.pair();
    var packed = new CompletableFuture<Void>();
    Thread.ofVirtual().name("pack").start(() -> pack(name, pipe.near(), packed));
    try (var far = pipe.far()) {
      int code = remote.unpack(far.input(), folder, noPreserve);
      if (code == 0 && packed.isCompletedExceptionally()) {
        throw new CommandFailure(packed.exceptionNow().getMessage());
      }
      return code;
    } catch (IOException impossible) {
      throw new CommandFailure(impossible.getMessage());
    }
  }

  /** What the far side of the pipe closes while this writes is tar's matter to explain. */
  private void pack(String name, Link near, CompletableFuture<Void> packed) {
    try (near) {
      var archive = new TarOutput(near.output());
      new Packing(source, name).into(archive);
      archive.finish();
      near.endOutput();
      packed.complete(null);
    } catch (IOException failure) {
      packed.completeExceptionally(failure);
    }
  }

  private static String strippedOfSlashes(String path) {
    var stripped = path.replaceFirst("/+$", "");
    return stripped.isEmpty() ? "/" : stripped;
  }
}
