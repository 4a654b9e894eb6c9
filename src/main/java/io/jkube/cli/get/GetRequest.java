package io.jkube.cli.get;

import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.resource.Discovery;
import io.jkube.cli.resource.Manifests;
import io.jkube.cli.resource.ResourceApi;
import io.jkube.cli.resource.ResourceArguments;
import io.jkube.cli.resource.Target;
import java.util.List;

/**
 * What is asked for, resolved against the server.
 *
 * @param namespace where namespaced targets are; empty for all
 */
record GetRequest(
    Get flags, CommandContext context, ResourceApi api, List<Asked> targets, String namespace) {
  /** A target and the namespace it is looked for in. */
  record Asked(Target target, String namespace) {}

  static GetRequest of(Get flags, CommandContext context) throws InterruptedException {
    var discovery = new Discovery(context.transport());
    var namespace = flags.allNamespaces ? "" : flags.namespace.in(context);
    var targets =
        flags.files.isEmpty()
            ? arguments(flags, discovery, namespace)
            : manifests(flags, context, discovery, namespace);
    return new GetRequest(flags, context, new ResourceApi(context.transport()), targets, namespace);
  }

  private static List<Asked> arguments(Get flags, Discovery discovery, String namespace) {
    var targets = new ResourceArguments(discovery).read(flags.arguments);
    for (var target : targets) {
      if (target.isCollection() && !flags.subresource.isEmpty()) {
        throw new CommandFailure("subresource cannot be used when bulk resources are specified");
      }
      if (!target.isCollection()) {
        flags.selection.refuseBesideName(target, flags.arguments, namespace, false);
      }
    }
    return targets.stream().map(target -> new Asked(target, namespace)).toList();
  }

  private static List<Asked> manifests(
      Get flags, CommandContext context, Discovery discovery, String namespace)
      throws InterruptedException {
    return Manifests.read(flags.files, context).stream()
        .map(
            manifest -> {
              var own = manifest.namespace();
              return new Asked(
                  new Target(discovery.of(manifest), manifest.name()),
                  own.isEmpty() ? namespace : own);
            })
        .toList();
  }
}
