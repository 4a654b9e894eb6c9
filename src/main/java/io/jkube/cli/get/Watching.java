package io.jkube.cli.get;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.print.ObjectPrinter;
import io.jkube.cli.print.TabWriter;
import io.jkube.cli.print.TablePrinter;
import io.jkube.cli.resource.ResourceApi;
import io.jkube.client.ApiCall;
import io.jkube.client.Transport.WatchEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code get --watch}: what is there, then every change, until the user or the server ends it. */
final class Watching {
  private final GetRequest request;
  private final Get flags;
  private final CommandContext context;
  private final GetRequest.Asked asked;

  Watching(GetRequest request) {
    this.request = request;
    this.flags = request.flags();
    this.context = request.context();
    if (request.targets().size() != 1) {
      throw new CommandFailure(
          isOneType()
              ? "you may only watch a single resource or type of resource at a time"
              : "you may only specify a single resource type");
    }
    this.asked = request.targets().getFirst();
    if (!flags.sortBy.isEmpty()) {
      context.err().println("warning: --watch requested, --sort-by will be ignored");
    }
  }

  private boolean isOneType() {
    return request.targets().stream().map(each -> each.target().type()).distinct().count() == 1;
  }

  int run() throws InterruptedException {
    return flags.output.isHuman() ? tables() : objects();
  }

  private int tables() throws InterruptedException {
    var rows = new TabWriter(context.out());
    var options = TableListing.options(flags, request, asked.target().type());
    var printer = new TablePrinter(options, rows);
    var query = new LinkedHashMap<>(flags.selection.query());
    query.put("includeObject", TableListing.includeObject(flags, request));
    var first = first(query, ResourceApi.TABLE);
    printer.remember(first);
    if (!flags.watchOnly) {
      printer.print(first, flags.watchEvents ? "ADDED" : "");
      rows.flush();
      context.out().flush();
    }
    return follow(
        first,
        query,
        ResourceApi.TABLE,
        event -> {
          printer.print(event.object(), flags.watchEvents ? event.type() : "");
          rows.flush();
        });
  }

  private int objects() throws InterruptedException {
    var printer = flags.output.printer(context, !flags.noHeaders);
    var query = flags.selection.query();
    var first = first(query, ApiCall.JSON);
    if (!flags.watchOnly) {
      var there = new ArrayList<ObjectNode>();
      for (var item :
          asked.target().isCollection() ? first.path("items") : Json.array().add(first)) {
        there.add((ObjectNode) item);
      }
      if (flags.watchEvents) {
        there.forEach(object -> printer.event("ADDED", object, context.out()));
      } else {
        printer.each(there, context.out());
      }
      context.out().flush();
    }
    return follow(first, query, ApiCall.JSON, event -> print(printer, event));
  }

  private void print(ObjectPrinter printer, WatchEvent event) {
    if (flags.watchEvents) {
      printer.event(event.type(), event.object(), context.out());
    } else {
      printer.print(event.object(), context.out());
    }
  }

  private ObjectNode first(Map<String, String> query, String accept) {
    return request.api().get(asked.target(), asked.namespace(), query, accept);
  }

  /** What is done with an event. */
  private interface Shown {
    void show(WatchEvent event);
  }

  private int follow(ObjectNode first, Map<String, String> query, String accept, Shown shown)
      throws InterruptedException {
    var from = new LinkedHashMap<>(query);
    from.put("resourceVersion", first.path("metadata").path("resourceVersion").asText());
    if (!asked.target().isCollection()) {
      from.put("fieldSelector", "metadata.name=" + asked.target().name());
    }
    try (var watch = request.api().watch(asked.target(), asked.namespace(), from, accept);
        var stop = context.interruption().onInterrupt(watch::close)) {
      for (var event = watch.next(); event != null; event = watch.next()) {
        switch (event.type()) {
          case "ERROR" -> throw failure(event.object());
          case "BOOKMARK" -> {}
          default -> {
            shown.show(event);
            context.out().flush();
          }
        }
      }
    }
    return context.interruption().raised() ? ExitCode.INTERRUPTED : ExitCode.OK;
  }

  private static ApiException failure(ObjectNode status) {
    return new ApiException(
        StatusReason.of(status.path("reason").asText()), status.path("message").asText());
  }
}
