package io.jkube.registry.cel.cost;

import static io.jkube.registry.cel.cost.Bounded.times;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.CelByteString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the steps of one evaluation cost as they are done, by the sizes of what they work on:
 * upstream's figures, which its limits on evaluation are about. One thread's.
 */
public final class ActualCost {
  private static final double A_CHARACTER = 0.1;
  private static final double A_CHARACTER_TWICE = 0.2;
  private static final double A_CHARACTER_OF_A_PATTERN = 0.25;
  private static final long AUTHORIZATION = 350_000;

  private final CelAbstractSyntaxTree tree;
  private final Map<Long, Object> results = new HashMap<>();

  public ActualCost(CelAbstractSyntaxTree tree) {
    this.tree = tree;
  }

  /**
   * @param step that was done, after those that it is made of
   * @param result what it came to
   */
  public long of(CelExpr step, Object result) {
    results.put(step.id(), result);
    return switch (step.getKind()) {
      case NOT_SET, CONSTANT, COMPREHENSION -> 0;
      case IDENT -> 1;
      case SELECT -> step.select().testOnly() ? 0 : 1;
      case LIST -> CostEstimate.LIST_BASE;
      case MAP -> CostEstimate.MAP_BASE;
      case STRUCT -> CostEstimate.STRUCT_BASE;
      case CALL -> call(step, result);
    };
  }

  private long call(CelExpr step, Object result) {
    var function = step.call().function();
    var arguments = new ArrayList<Object>();
    step.call().target().ifPresent(target -> arguments.add(results.get(target.id())));
    step.call().args().forEach(each -> arguments.add(results.get(each.id())));
    return switch (function) {
      case "_&&_", "_||_", "_?_:_" -> 0;
      case "check" -> AUTHORIZATION;
      case "fieldSelector", "labelSelector" -> selector(size(arguments, 1));
      case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" ->
          traversal(arguments.getFirst());
      case "url",
          "lowerAscii",
          "upperAscii",
          "substring",
          "trim",
          "jsonpatch.escapeKey",
          "cidr",
          "isIP",
          "isCIDR",
          "quantity",
          "isQuantity",
          "semver",
          "isSemver" ->
          times(size(arguments, 0), A_CHARACTER);
      case "ip" -> step.call().target().isPresent() ? 1 : times(size(arguments, 0), A_CHARACTER);
      case "replace", "split", "ip.isCanonical" -> times(size(arguments, 0), A_CHARACTER_TWICE);
      case "join" -> times(size(result), A_CHARACTER_TWICE);
      case "find", "findAll" -> matching(arguments);
      case "containsIP" -> contained(arguments);
      case "containsCIDR" -> contained(arguments) + times(size(arguments, 0), A_CHARACTER) + 1;
      case "validate" -> validation(arguments);
      case "sets.contains", "sets.intersects" -> 1 + size(arguments, 0) * size(arguments, 1);
      case "sets.equivalent" -> 1 + 2 * size(arguments, 0) * size(arguments, 1);
      case String other -> standard(overload(step), arguments);
    };
  }

  /** The one overload that the types decided for; empty where the values had to. */
  private String overload(CelExpr step) {
    return tree.getReference(step.id())
        .map(reference -> reference.overloadIds())
        .filter(overloads -> overloads.size() == 1)
        .map(List::getFirst)
        .orElse("");
  }

  private static long standard(String overload, List<Object> arguments) {
    return switch (overload) {
      case "starts_with_string",
          "ends_with_string",
          "string_to_bytes",
          "bytes_to_string",
          "strings_quote",
          "string_format" ->
          times(size(arguments, 0), A_CHARACTER);
      case "in_list" -> size(arguments, 1);
      case "equals" -> arguments.getFirst() instanceof Sized ? 1 : comparison(arguments);
      case "not_equals",
          "less_string",
          "less_equals_string",
          "greater_string",
          "greater_equals_string",
          "less_bytes",
          "less_equals_bytes",
          "greater_bytes",
          "greater_equals_bytes" ->
          comparison(arguments);
      case "add_string", "add_bytes" -> times(size(arguments, 0) + size(arguments, 1), A_CHARACTER);
      case "matches", "matches_string" -> matching(arguments);
      case "contains_string" ->
          times(times(size(arguments, 0), A_CHARACTER), times(size(arguments, 1), A_CHARACTER));
      case String other -> 1;
    };
  }

  private static long comparison(List<Object> arguments) {
    return times(Math.min(size(arguments, 0), size(arguments, 1)), A_CHARACTER);
  }

  private static long matching(List<Object> arguments) {
    return times(
        times(1 + size(arguments, 0), A_CHARACTER),
        times(size(arguments, 1), A_CHARACTER_OF_A_PATTERN));
  }

  /** A list of requirements, each a struct with a list in it: one for two characters at most. */
  private static long selector(long length) {
    long requirement = CostEstimate.LIST_BASE + CostEstimate.STRUCT_BASE;
    return CostEstimate.LIST_BASE + times(length, A_CHARACTER) + times(length, 0.5) * requirement;
  }

  private static long contained(List<Object> arguments) {
    long compared = times(2 * size(arguments, 0), A_CHARACTER);
    return arguments.get(1) instanceof String text
        ? compared + times(size(text), A_CHARACTER)
        : compared;
  }

  private static long validation(List<Object> arguments) {
    return arguments.getFirst() instanceof Sized format
        ? times(
            times(1 + size(arguments, 1), A_CHARACTER),
            times(format.size(), A_CHARACTER_OF_A_PATTERN))
        : 1;
  }

  private static long size(List<Object> arguments, int index) {
    return size(arguments.get(index));
  }

  private static long size(Object value) {
    return switch (value) {
      case null -> 1;
      case String text -> text.codePointCount(0, text.length());
      case CelByteString bytes -> bytes.size();
      case Collection<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      case java.net.InetAddress address -> address.getAddress().length;
      case Sized sized -> sized.size();
      case Optional<?> optional -> optional.isPresent() ? size(optional.get()) : 1;
      case Object other -> 1;
    };
  }

  /** Of looking at all that is in a value. */
  private static long traversal(Object value) {
    return switch (value) {
      case null -> 1;
      case String text -> (long) (text.length() * A_CHARACTER);
      case CelByteString bytes -> (long) (bytes.size() * A_CHARACTER);
      case Collection<?> list -> list.stream().mapToLong(ActualCost::traversal).sum();
      case Map<?, ?> map ->
          map.entrySet().stream()
              .mapToLong(each -> traversal(each.getKey()) + traversal(each.getValue()))
              .sum();
      case Object other -> 1;
    };
  }
}
