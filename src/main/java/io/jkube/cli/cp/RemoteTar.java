package io.jkube.cli.cp;

import io.jkube.cli.command.CommandContext;
import io.jkube.cli.stream.ProcessCall;
import io.jkube.cli.stream.ProcessSession;
import io.jkube.cli.stream.Streams;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * The tools of a container that take part in a copy.
 *
 * @param pod the path of the pod
 */
record RemoteTar(CommandContext context, String pod, String container) {
  /** Unpacks what it reads; answers tar's exit code. */
  int unpack(InputStream archive, String folder, boolean noPreserve) {
    var command =
        noPreserve
            ? List.of("tar", "--no-same-permissions", "--no-same-owner", "-xmf", "-", "-C", folder)
            : List.of("tar", "-xmf", "-", "-C", folder);
    return run(command, true, new Streams(archive, context.out(), context.err()));
  }

  /** Packs a file or folder; answers tar's exit code. */
  int pack(String path, OutputStream archive) {
    var streams = new Streams(InputStream.nullInputStream(), archive, context.err());
    return run(List.of("tar", "cf", "-", path), false, streams);
  }

  boolean isFolder(String path) {
    var nowhere = OutputStream.nullOutputStream();
    var streams = new Streams(InputStream.nullInputStream(), nowhere, nowhere);
    return run(List.of("test", "-d", path), false, streams) == 0;
  }

  private int run(List<String> command, boolean stdin, Streams streams) {
    var process = new ProcessCall(pod, "exec", container, command, stdin, false);
    return ProcessSession.run(context, process, streams);
  }
}
