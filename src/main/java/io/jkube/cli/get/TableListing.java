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
import java.util.SequencedMap;
import java.util.function.Consumer;

/** Objects as tables: one a kind, an empty line between two. */
final class TableListing {
  private final GetRequest request;
  private final Get flags;
  private final CommandContext context;
  private final SequencedMap<ResourceType, Table> tables = new LinkedHashMap<>();
  private final List<ApiException> failures = new ArrayList<>();

  /** The rows of one kind. */
  private record Table(TablePrinter printer, TabWriter rows) {}

  TableListing(GetRequest request) {
    this.request = request;
    this.flags = request.flags();
    this.context = request.context();
  }

  int run() {
    for (var asked : request.targets()) {
      try {
        fetch(asked, tables.computeIfAbsent(asked.target().type(), this::table));
      } catch (ApiException refused) {
        if (refused.reason() != StatusReason.NOT_FOUND || !flags.ignoreNotFound) {
          failures.add(refused);
        }
      }
    }
    tables.values().removeIf(table -> table.rows().isEmpty());
    print();
    context.out().flush();
    if (tables.isEmpty() && failures.isEmpty() && !flags.ignoreNotFound) {
      sayNothingFound();
    }
    context.err().print(FailureText.of(failures));
    return failures.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private Table table(ResourceType type) {
    var rows = new TabWriter(context.out());
    return new Table(new TablePrinter(options(flags, request, type), rows), rows);
  }

  /** Of each page only its cells are kept: a column is as wide as its widest cell. */
  private void fetch(GetRequest.Asked asked, Table into) {
    var query = new LinkedHashMap<>(flags.selection.query());
    query.put("includeObject", includeObject(flags, request));
    var target = asked.target();
    var namespace = asked.namespace();
    Consumer<ObjectNode> sorted =
        page ->
            into.printer()
                .print(flags.sortBy.isEmpty() ? page : new SortBy(flags.sortBy).table(page));
    if (target.isCollection()) {
      int chunk = flags.sortBy.isEmpty() ? flags.chunkSize : 0;
      request.api().pages(target, namespace, query, ResourceApi.TABLE, chunk, sorted);
    } else {
      sorted.accept(
          request.api().get(target, namespace, flags.subresource, query, ResourceApi.TABLE));
    }
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

  private void print() {
    var separator = "";
    for (var table : tables.values()) {
      context.out().append(separator);
      table.rows().flush();
      separator = flags.noHeaders ? "" : "\n";
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
