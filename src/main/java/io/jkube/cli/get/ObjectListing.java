package io.jkube.cli.get;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.command.FailureText;
import io.jkube.cli.print.ListPrinter;
import io.jkube.cli.print.ObjectPrinter;
import io.jkube.client.ApiCall;
import java.util.ArrayList;
import java.util.List;

/** Objects whole: one alone as itself, several or a collection as a {@code v1 List}. */
final class ObjectListing {
  private final GetRequest request;
  private final Get flags;
  private final ObjectPrinter printer;
  private final List<ObjectNode> unsorted = new ArrayList<>();
  private final List<ApiException> failures = new ArrayList<>();
  private ListPrinter list;

  ObjectListing(GetRequest request) {
    this.request = request;
    this.flags = request.flags();
    this.printer = flags.output.printer(request.context(), !flags.noHeaders);
  }

  int run() {
    if (request.targets().size() == 1 && !request.targets().getFirst().target().isCollection()) {
      trying(() -> printer.print(one(request.targets().getFirst()), request.context().out()));
    } else {
      request.targets().forEach(asked -> trying(() -> list(asked)));
      end();
    }
    request.context().out().flush();
    request.context().err().print(FailureText.of(failures));
    return failures.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void trying(Runnable step) {
    try {
      step.run();
    } catch (ApiException refused) {
      if (refused.reason() != StatusReason.NOT_FOUND || !flags.ignoreNotFound) {
        failures.add(refused);
      }
    }
  }

  private ObjectNode one(GetRequest.Asked asked) {
    return request
        .api()
        .get(
            asked.target(),
            asked.namespace(),
            flags.subresource,
            flags.selection.query(),
            ApiCall.JSON);
  }

  private void list(GetRequest.Asked asked) {
    if (!asked.target().isCollection()) {
      add(one(asked));
      return;
    }
    request
        .api()
        .pages(
            asked.target(),
            asked.namespace(),
            flags.selection.query(),
            ApiCall.JSON,
            flags.sortBy.isEmpty() ? flags.chunkSize : 0,
            page -> page.path("items").forEach(item -> add(withType((ObjectNode) item, asked))));
  }

  private void add(ObjectNode object) {
    if (flags.sortBy.isEmpty()) {
      begun().item(object);
    } else {
      unsorted.add(object);
    }
  }

  private ListPrinter begun() {
    if (list == null) {
      list = printer.list(request.context().out());
    }
    return list;
  }

  private void end() {
    if (!flags.sortBy.isEmpty()) {
      new SortBy(flags.sortBy).objects(unsorted).forEach(object -> begun().item(object));
    }
    if (list != null || !flags.ignoreNotFound) {
      begun().end();
    }
  }

  /** The items of a list leave out what the list says for all of them. */
  private static ObjectNode withType(ObjectNode item, GetRequest.Asked asked) {
    if (item.has("kind") && item.has("apiVersion")) {
      return item;
    }
    var type = asked.target().type();
    ObjectNode typed =
        Json.object().put("apiVersion", type.resource().apiVersion()).put("kind", type.kind());
    return typed.setAll(item);
  }
}
