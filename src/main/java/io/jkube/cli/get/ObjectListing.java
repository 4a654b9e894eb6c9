package io.jkube.cli.get;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.command.FailureText;
import io.jkube.client.ApiCall;
import java.util.ArrayList;
import java.util.List;

/** Objects whole: one alone as itself, several or a collection as a {@code v1 List}. */
final class ObjectListing {
  private final GetRequest request;
  private final Get flags;
  private final List<JsonNode> objects = new ArrayList<>();
  private final List<ApiException> failures = new ArrayList<>();

  ObjectListing(GetRequest request) {
    this.request = request;
    this.flags = request.flags();
  }

  int run() {
    var context = request.context();
    var printer = flags.output.printer(context, !flags.noHeaders);
    for (var asked : request.targets()) {
      try {
        fetch(asked);
      } catch (ApiException refused) {
        if (refused.reason() != StatusReason.NOT_FOUND || !flags.ignoreNotFound) {
          failures.add(refused);
        }
      }
    }
    boolean alone =
        request.targets().size() == 1 && !request.targets().getFirst().target().isCollection();
    boolean nothing = objects.isEmpty() && (flags.ignoreNotFound || alone);
    if (!nothing) {
      printer.print(alone ? (ObjectNode) objects.getFirst() : list(), context.out());
    }
    context.out().flush();
    context.err().print(FailureText.of(failures));
    return failures.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void fetch(GetRequest.Asked asked) {
    var target = asked.target();
    if (!target.isCollection()) {
      objects.add(
          request
              .api()
              .get(
                  target,
                  asked.namespace(),
                  flags.subresource,
                  flags.selection.query(),
                  ApiCall.JSON));
      return;
    }
    var found =
        request
            .api()
            .list(
                target,
                asked.namespace(),
                flags.selection.query(),
                ApiCall.JSON,
                flags.sortBy.isEmpty() ? flags.chunkSize : 0);
    for (var item : found.path("items")) {
      objects.add(withType((ObjectNode) item, asked));
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

  private ObjectNode list() {
    var sorted = flags.sortBy.isEmpty() ? objects : new SortBy(flags.sortBy).objects(objects);
    var list = Json.object().put("apiVersion", "v1").put("kind", "List");
    list.putObject("metadata").put("resourceVersion", "");
    list.putArray("items").addAll(sorted);
    return list;
  }
}
