package io.jkube.cli.get;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.command.FailureText;
import io.jkube.cli.print.TabWriter;
import io.jkube.cli.print.TableOptions;
import io.jkube.cli.print.TablePrinter;
import io.jkube.cli.resource.ResourceApi;
import io.jkube.cli.resource.ResourceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects as tables: one a kind, an empty line between two. */
final class TableListing {
  private final GetRequest request;
  private final Get flags;
  private final CommandContext context;
  private final List<ApiException> failures = new ArrayList<>();

  TableListing(GetRequest request) {
    this.request = request;
    this.flags = request.flags();
    this.context = request.context();
  }

  int run() {
    var tables = new LinkedHashMap<ResourceType, List<ObjectNode>>();
    for (var asked : request.targets()) {
      try {
        var type = asked.target().type();
        tables.computeIfAbsent(type, kind -> new ArrayList<>()).add(fetch(asked));
      } catch (ApiException refused) {
        if (refused.reason() != StatusReason.NOT_FOUND || !flags.ignoreNotFound) {
          failures.add(refused);
        }
      }
    }
    tables.values().removeIf(parts -> parts.stream().allMatch(part -> part.path("rows").isEmpty()));
    print(tables);
    context.out().flush();
    if (tables.isEmpty() && failures.isEmpty() && !flags.ignoreNotFound) {
      sayNothingFound();
    }
    context.err().print(FailureText.of(failures));
    return failures.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private ObjectNode fetch(GetRequest.Asked asked) {
    var query = new LinkedHashMap<>(flags.selection.query());
    query.put("includeObject", includeObject(flags, request));
    int chunk = flags.sortBy.isEmpty() ? flags.chunkSize : 0;
    var table =
        asked.target().isCollection()
            ? request.api().list(asked.target(), asked.namespace(), query, ResourceApi.TABLE, chunk)
            : request
                .api()
                .get(
                    asked.target(), asked.namespace(), flags.subresource, query, ResourceApi.TABLE);
    return flags.sortBy.isEmpty() ? table : new SortBy(flags.sortBy).table(table);
  }

  /** As little of each object beside its row as the flags need. */
  static String includeObject(Get flags, GetRequest request) {
    if (!flags.sortBy.isEmpty()) {
      return "Object";
    }
    boolean metadata =
        flags.showLabels || !flags.labelColumns.isEmpty() || request.namespace().isEmpty();
    return metadata ? "Metadata" : "None";
  }

  private void print(Map<ResourceType, List<ObjectNode>> tables) {
    var rows = new TabWriter(context.out());
    boolean first = true;
    for (var entry : tables.entrySet()) {
      if (!first && !flags.noHeaders) {
        context.out().append('\n');
      }
      first = false;
      rows.forgetWidths();
      var printer = new TablePrinter(options(flags, request, entry.getKey()), rows);
      entry.getValue().forEach(printer::print);
      rows.flush();
    }
  }

  static TableOptions options(Get flags, GetRequest request, ResourceType type) {
    boolean kinds =
        flags.showKind
            || request.targets().stream().map(asked -> asked.target().type()).distinct().count()
                > 1;
    return new TableOptions(
        flags.output.isWide(),
        !flags.noHeaders,
        request.namespace().isEmpty() && type.namespaced(),
        kinds ? type.qualifiedKind() : "",
        flags.showLabels,
        flags.labelColumns);
  }

  private void sayNothingFound() {
    boolean inNamespace =
        !request.namespace().isEmpty()
            && request.targets().stream().allMatch(asked -> asked.target().type().namespaced());
    context
        .err()
        .println(
            inNamespace
                ? "No resources found in " + request.namespace() + " namespace."
                : "No resources found");
  }
}
