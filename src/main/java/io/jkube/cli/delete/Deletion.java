package io.jkube.cli.delete;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.command.FailureText;
import io.jkube.cli.resource.Awaiting;
import io.jkube.cli.resource.DryRun;
import io.jkube.cli.resource.ResourceApi;
import io.jkube.cli.resource.Selection.Chosen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Deletes chosen objects one after the other, then waits for all of them. */
final class Deletion {
  private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(7);

  private final Delete flags;
  private final String propagation;
  private final CommandContext context;
  private int code = ExitCode.OK;

  /** A deletion under way: the object and the uid that must be gone. */
  private record Pending(Chosen chosen, String uid) {}

  Deletion(Delete flags, String propagation, CommandContext context) {
    this.flags = flags;
    this.propagation = propagation;
    this.context = context;
  }

  int run(List<Chosen> chosen) throws InterruptedException {
    if (chosen.isEmpty()) {
      context.out().println("No resources found");
      return ExitCode.OK;
    }
    var pending = new ArrayList<Pending>();
    for (var each : chosen) {
      try {
        delete(each).ifPresent(pending::add);
      } catch (ApiException refused) {
        report(refused, each);
      }
      context.out().flush();
    }
    if (flags.wait && flags.dryRun == DryRun.NONE) {
      awaitAll(pending);
    }
    return code;
  }

  private Optional<Pending> delete(Chosen each) {
    var uid = "";
    if (flags.dryRun != DryRun.CLIENT) {
      var answer =
          new ResourceApi(context.transport()).delete(each.target(), each.namespace(), options());
      uid =
          answer.path("kind").asText().equals("Status")
              ? answer.path("details").path("uid").asText()
              : answer.path("metadata").path("uid").asText();
    }
    say(each);
    return Optional.of(new Pending(each, uid));
  }

  private ObjectNode options() {
    var options = Json.object().put("apiVersion", "v1").put("kind", "DeleteOptions");
    if (flags.graceSeconds >= 0) {
      options.put("gracePeriodSeconds", flags.graceSeconds);
    }
    options.put("propagationPolicy", propagation);
    if (flags.dryRun == DryRun.SERVER) {
      options.putArray("dryRun").add("All");
    }
    return options;
  }

  private void say(Chosen each) {
    var type = each.target().type();
    if (flags.output.equals("name")) {
      context.out().println(type.qualifiedKind() + "/" + each.target().name());
      return;
    }
    var operation = flags.graceSeconds == 0 ? "force deleted" : "deleted";
    var place = type.namespaced() ? " from " + each.namespace() + " namespace" : "";
    context
        .out()
        .println(
            "%s \"%s\" %s%s%s"
                .formatted(
                    type.qualifiedKind(),
                    each.target().name(),
                    operation,
                    place,
                    flags.dryRun.mark()));
  }

  private void report(ApiException refused, Chosen each) {
    boolean ignored = flags.ignoreNotFound || flags.all || !flags.selection.isEmpty();
    if (Awaiting.isNotFound(refused) && ignored) {
      return;
    }
    var worded =
        each.source().isEmpty()
            ? refused
            : refused.withMessage(
                "error when deleting \"" + each.source() + "\": " + refused.getMessage());
    context.err().print(FailureText.of(worded));
    code = ExitCode.FAILED;
  }

  private void awaitAll(List<Pending> pending) throws InterruptedException {
    var limit = flags.timeout.isZero() ? AS_LONG_AS_IT_TAKES : flags.timeout;
    long deadline = System.nanoTime() + limit.toNanos();
    for (var each : pending) {
      var target = each.chosen().target();
      var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      boolean gone =
          new Awaiting(context)
              .until(
                  target,
                  each.chosen().namespace(),
                  left,
                  object -> object.isEmpty() || isAnother(object.get(), each.uid()));
      if (!gone) {
        throw new CommandFailure(
            "timed out waiting for the condition on %s/%s"
                .formatted(target.type().resource().resource(), target.name()));
      }
    }
  }

  private static boolean isAnother(ObjectNode object, String uid) {
    return !uid.isEmpty() && !object.path("metadata").path("uid").asText().equals(uid);
  }
}
