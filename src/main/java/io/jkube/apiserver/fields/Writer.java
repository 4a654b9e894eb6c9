package io.jkube.apiserver.fields;

import io.jkube.apiserver.request.ResourceCall;
import io.jkube.registry.ResourceDefinition;
import java.util.Objects;

/**
 * Who writes, and through which door.
 *
 * @param manager the name under which it manages fields
 * @param subresource empty for the object itself
 */
public record Writer(ResourceDefinition definition, String subresource, String manager) {
  private static final String UNKNOWN = "unknown";

  public Writer {
    Objects.requireNonNull(definition, "definition");
    Objects.requireNonNull(subresource, "subresource");
    Objects.requireNonNull(manager, "manager");
  }

  /** The one of a request: its {@code fieldManager}, or else the program in its User-Agent. */
  public static Writer of(ResourceCall call) {
    var asked = call.request().parameter("fieldManager");
    var name = asked.isEmpty() ? program(call.request().userAgent()) : asked;
    return new Writer(
        call.definition(), call.info().subresource(), name.isEmpty() ? UNKNOWN : name);
  }

  Writer named(String name) {
    return new Writer(definition, subresource, name);
  }

  /** The same in another version of the kind. */
  Writer at(ResourceDefinition other) {
    return new Writer(other, subresource, manager);
  }

  Manager updater() {
    return Manager.updater(manager, subresource, definition.kind().apiVersion());
  }

  Manager applier() {
    return Manager.applier(manager, subresource);
  }

  /** Fields that this door does not change, and that nobody comes to manage through it. */
  FieldSet resetFields() {
    var builder = new FieldSet.Builder();
    for (var pointer : definition.strategy().resetFields(subresource)) {
      var names = java.util.Arrays.stream(pointer.substring(1).split("/"));
      builder.add(names.map(PathElement::field).toList());
    }
    return builder.build();
  }

  private static String program(String userAgent) {
    int slash = userAgent.indexOf('/');
    var name = slash < 0 ? userAgent : userAgent.substring(0, slash);
    var printable = new StringBuilder();
    name.codePoints()
        .filter(WriteOptions::isPrintable)
        .takeWhile(point -> printable.length() < WriteOptions.MAX_LENGTH)
        .forEach(printable::appendCodePoint);
    return printable.toString();
  }
}
