package io.jkube.cli.create;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.resource.Discovery;
import io.jkube.cli.resource.DryRun;
import io.jkube.cli.resource.Manifest;
import io.jkube.cli.resource.ResourceApi;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Sends objects to the server, each into its namespace, and says what became of them. */
final class Creation {
  private final CreateFlags flags;
  private final CommandContext context;
  private final Discovery discovery;
  private final String namespace;

  Creation(CreateFlags flags, CommandContext context) {
    this.flags = flags;
    this.context = context;
    this.discovery = new Discovery(context.transport());
    this.namespace = flags.namespace.in(context);
  }

  /** Creates an object that flags described. */
  int create(ObjectNode object) {
    create(new Manifest("", object));
    return ExitCode.OK;
  }

  void create(Manifest manifest) {
    var type = discovery.of(manifest);
    var own = manifest.namespace();
    if (type.namespaced()
        && flags.namespace.isGiven()
        && !own.isEmpty()
        && !own.equals(namespace)) {
      throw new CommandFailure(
          "the namespace from the provided object \"%s\" does not match the namespace \"%s\". You must pass '--namespace=%s' to perform this operation."
              .formatted(own, namespace, own));
    }
    var place = own.isEmpty() ? namespace : own;
    var object = manifest.object();
    if (type.namespaced() && own.isEmpty() && !manifest.source().isEmpty()) {
      object = object.deepCopy();
      object.withObjectProperty("metadata").put("namespace", place);
    }
    if (flags.dryRun != DryRun.CLIENT) {
      object = new ResourceApi(context.transport()).create(type, place, object, query());
    }
    flags.output.printResult(context, object, "created" + flags.dryRun.mark());
  }

  private Map<String, String> query() {
    var query = new LinkedHashMap<>(flags.dryRun.query());
    query.put("fieldManager", "jkube-create");
    query.put("fieldValidation", validation());
    return query;
  }

  private String validation() {
    return switch (flags.validate.toLowerCase(Locale.ROOT)) {
      case "strict", "true" -> "Strict";
      case "warn" -> "Warn";
      case "ignore", "false" -> "Ignore";
      default ->
          throw new CommandFailure(
              "invalid - validate option \"%s\"; must be one of: strict (or true), warn, ignore (or false)"
                  .formatted(flags.validate));
    };
  }
}
