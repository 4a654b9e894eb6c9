package io.jkube.cli.create;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.print.OutputFlags;
import io.jkube.cli.resource.DryRun;
import io.jkube.cli.resource.NamespaceFlag;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all forms of create have in common. */
final class CreateFlags {
  @Mixin NamespaceFlag namespace = new NamespaceFlag();
  @Mixin OutputFlags output = new OutputFlags();

  @Option(
      names = "--dry-run",
      arity = "0..1",
      fallbackValue = "client",
      defaultValue = "none",
      paramLabel = "none|client|server",
      converter = DryRun.Converter.class,
      description = "client: only show the object; server: everything but storing it.")
  DryRun dryRun;

  @Option(
      names = "--validate",
      arity = "0..1",
      fallbackValue = "strict",
      paramLabel = "strict|warn|ignore",
      description = "What happens with unknown fields; default: strict.")
  String validate = "strict";

  /** An object's metadata so far; the namespace only where it was typed, as kubectl does it. */
  ObjectNode metadata(ObjectNode object, String name) {
    var metadata = object.putObject("metadata").put("name", name);
    return namespace.isGiven() ? metadata.put("namespace", namespace.given()) : metadata;
  }
}
