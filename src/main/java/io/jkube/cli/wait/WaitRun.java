package io.jkube.cli.wait;

import io.jkube.api.ApiException;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.resource.Awaiting;
import io.jkube.cli.resource.ResourceApi;
import io.jkube.cli.resource.Selection;
import io.jkube.cli.resource.Selection.Chosen;
import java.time.Duration;
import java.util.List;

/** One wait: for each object, each condition in turn, all within one time limit. */
final class WaitRun {
  private final Wait flags;
  private final CommandContext context;
  private final List<Condition> conditions;
  private final long deadline;

  WaitRun(Wait flags, CommandContext context, List<Condition> conditions, Duration limit) {
    this.flags = flags;
    this.context = context;
    this.conditions = conditions;
    this.deadline = System.nanoTime() + limit.toNanos();
  }

  void run() throws InterruptedException {
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
    for (var each : chosen) {
      if (forDeletion && !exists(each)) {
        continue;
      }
      for (var condition : conditions) {
        await(each, condition);
      }
      say(each);
    }
  }

  private boolean exists(Chosen each) {
    try {
      new ResourceApi(context.transport()).get(each.target(), each.namespace());
      return true;
    } catch (ApiException refused) {
      if (Awaiting.isNotFound(refused)) {
        return false;
      }
      throw refused;
    }
  }

  private void await(Chosen each, Condition condition) throws InterruptedException {
    var target = each.target();
    boolean mayBeMissing =
        switch (condition) {
          case Condition.Created created -> true;
          case Condition.Deleted deleted -> true;
          case Condition.Status status -> conditions.contains(new Condition.Created());
          case Condition.Field field -> conditions.contains(new Condition.Created());
        };
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
                  return object
                      .map(condition::holds)
                      .orElse(condition instanceof Condition.Deleted);
                });
    if (!met) {
      var name = target.type().resource().resource() + "/" + target.name();
      throw new CommandFailure(
          flags.timeout.isZero()
              ? "condition not met for " + name
              : "timed out waiting for the condition on " + name);
    }
  }

  private void say(Chosen each) {
    var name = each.target().type().qualifiedKind() + "/" + each.target().name();
    context.out().println(flags.output.equals("name") ? name : name + " condition met");
    context.out().flush();
  }
}
