package io.jkube.cli.wait;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.command.FailureText;
import io.jkube.cli.resource.Awaiting;
import io.jkube.cli.resource.ResourceApi;
import io.jkube.cli.resource.Selection;
import io.jkube.cli.resource.Selection.Chosen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One wait: for each object, each condition in turn, all within one time limit. */
final class WaitRun {
  private final Wait flags;
  private final CommandContext context;
  private final List<Condition> conditions;
  private final long deadline;

  /** The object under way, as it was seen last. */
  private ObjectNode last = Json.object();

  WaitRun(Wait flags, CommandContext context, List<Condition> conditions, Duration limit) {
    this.flags = flags;
    this.context = context;
    this.conditions = conditions;
    this.deadline = System.nanoTime() + limit.toNanos();
  }

  /**
   * @return the exit code
   */
  int run() throws InterruptedException {
    var selection = new Selection(context);
    var place = flags.allNamespaces ? "" : flags.namespace.in(context);
    var chosen =
        flags.files.isEmpty()
            ? selection.byArguments(flags.arguments, place, flags.selection, flags.all)
            : selection.byManifests(flags.files, place);
    boolean forDeletion = conditions.contains(new Condition.Deleted());
    if (chosen.isEmpty() && !forDeletion) {
      throw new CommandFailure("no matching resources found");
    }
    var failures = new ArrayList<RuntimeException>();
    for (var each : chosen) {
      try {
        await(each, forDeletion);
      } catch (ApiException | CommandFailure failure) {
        failures.add(failure);
      }
    }
    context.err().print(FailureText.of(failures));
    return failures.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void await(Chosen each, boolean forDeletion) throws InterruptedException {
    if (forDeletion && look(each) == null) {
      return;
    }
    for (var condition : conditions) {
      await(each, condition);
    }
    say(each);
  }

  /** Null when it is not there. */
  private ObjectNode look(Chosen each) {
    try {
      return new ResourceApi(context.transport()).get(each.target(), each.namespace());
    } catch (ApiException refused) {
      if (Awaiting.isNotFound(refused)) {
        return null;
      }
      throw refused;
    }
  }

  private void await(Chosen each, Condition condition) throws InterruptedException {
    var target = each.target();
    boolean created = condition instanceof Condition.Created;
    boolean mayBeMissing =
        created
            || condition instanceof Condition.Deleted
            || conditions.contains(new Condition.Created());
    var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    boolean met =
        new Awaiting(context)
            .until(
                target,
                each.namespace(),
                left,
                object -> {
                  if (object.isEmpty() && !mayBeMissing) {
                    throw ApiException.notFound(target.type().resource(), target.name());
                  }
                  object.ifPresent(seen -> last = seen);
                  return object
                      .map(condition::holds)
                      .orElse(condition instanceof Condition.Deleted);
                });
    if (!met) {
      var name = target.type().resource().resource() + "/" + target.name();
      throw new CommandFailure(
          flags.timeout.isZero()
              ? "condition not met for " + name
              : "timed out waiting for the condition" + (created ? "" : " on " + name));
    }
  }

  private void say(Chosen each) {
    var object = last.deepCopy();
    object.put("apiVersion", each.target().type().resource().apiVersion());
    flags.output.printResult(
        context, object.put("kind", each.target().type().kind()), "condition met");
    context.out().flush();
  }
}
