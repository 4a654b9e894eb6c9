package io.jkube.cli.create;

import io.jkube.api.ApiException;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.command.FailureText;
import io.jkube.cli.resource.FileFlags;
import io.jkube.cli.resource.Manifest;
import io.jkube.cli.resource.Manifests;
import java.util.ArrayList;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** Creates the objects of manifests. */
@CommandLine.Command(
    description = "Create objects from manifests, or of a common kind by flags.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jkube create -f pod.yaml                 what a file describes",
      "  jkube create -f manifests/ -R            what all files of a folder describe",
      "  cat pod.json | jkube create -f -         what stdin describes",
      "  jkube create -f pod.yaml --dry-run=server -o yaml",
      "  jkube create pod web --image nginx       a pod by flags (see: jkube help create pod)",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:everything was created", "1:something was not"})
public final class Create implements Command {
  @Mixin CreateFlags flags = new CreateFlags();
  @Mixin FileFlags files = new FileFlags();

  @Override
  public int run(CommandContext context) throws InterruptedException {
    if (files.isEmpty()) {
      throw new CommandFailure("must specify -f, or one of the kinds that jkube help create lists");
    }
    var manifests = Manifests.read(files, context);
    if (manifests.isEmpty()) {
      throw new CommandFailure("no objects passed to create");
    }
    var creation = new Creation(flags, context);
    var failures = new ArrayList<RuntimeException>();
    for (var manifest : manifests) {
      try {
        creation.create(manifest);
      } catch (ApiException | CommandFailure failure) {
        failures.add(withSource(failure, manifest));
      }
    }
    context.out().flush();
    context.err().print(FailureText.of(failures));
    return failures.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static RuntimeException withSource(RuntimeException failure, Manifest manifest) {
    return failure instanceof ApiException refused
        ? refused.withMessage(
            "error when creating \"" + manifest.source() + "\": " + refused.getMessage())
        : failure;
  }
}
