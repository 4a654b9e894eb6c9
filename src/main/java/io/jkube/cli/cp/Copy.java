package io.jkube.cli.cp;

import io.jkube.api.Resources;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.resource.NamespaceFlag;
import io.jkube.cli.resource.PathSegment;
import io.jkube.cli.stream.PodContainers;
import io.jkube.client.ApiCall;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies files between this machine and a container. */
@CommandLine.Command(
    description = "Copy files and folders into a container, or out of it; it needs a tar.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jkube cp site web:/www                   a folder, into pod web",
      "  jkube cp web:/var/log/app.log app.log    a file, out of it",
      "  jkube cp team/web:/etc/app app -c main   of another namespace, of one container",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:copied", "n:that of tar in the container", "1:it could not be copied"})
public final class Copy implements Command {
  @Mixin NamespaceFlag namespace = new NamespaceFlag();

  @Option(
      names = {"-c", "--container"},
      paramLabel = "CONTAINER",
      description = "The container, where a pod has several.")
  String container = "";

  @Option(names = "--no-preserve", description = "Leave owners and permissions to the container.")
  boolean noPreserve;

  @Parameters(paramLabel = "FROM TO", arity = "0..*", hidden = true)
  List<String> arguments = new ArrayList<>();

  @Override
  public int run(CommandContext context) throws InterruptedException {
    if (arguments.size() != 2) {
      throw CommandFailure.usage("source and destination are required", "cp");
    }
    var from = FileSpec.parse(arguments.getFirst());
    var to = FileSpec.parse(arguments.getLast());
    if (from.path().isEmpty() || to.path().isEmpty()) {
      throw new CommandFailure("filepath can not be empty");
    }
    if (from.isRemote() == to.isRemote()) {
      throw new CommandFailure(
          "one of src or dest must be a %s file specification"
              .formatted(from.isRemote() ? "local" : "remote"));
    }
    var local = context.path(from.isRemote() ? to.path() : from.path());
    if (to.isRemote() && !Files.exists(local)) {
      throw new CommandFailure(from.path() + " doesn't exist in local filesystem");
    }
    var remote = remote(context, from.isRemote() ? from : to);
    return from.isRemote()
        ? new Download(remote, from.path(), local).run()
        : new Upload(remote, local, to.path(), noPreserve).run();
  }

  private RemoteTar remote(CommandContext context, FileSpec spec) {
    var inNamespace = spec.namespace().isEmpty() ? namespace.in(context) : spec.namespace();
    var path = Resources.PODS.path(inNamespace) + "/" + PathSegment.escape(spec.pod());
    var pod = context.transport().send(ApiCall.of("GET", path, Map.of(), null));
    var chosen = container.isEmpty() ? new PodContainers(pod).preferred(context.err()) : container;
    return new RemoteTar(context, path, chosen);
  }
}
