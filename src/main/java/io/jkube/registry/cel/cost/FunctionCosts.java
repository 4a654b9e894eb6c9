package io.jkube.registry.cel.cost;

import static io.jkube.registry.cel.cost.Bounded.plus;
import static io.jkube.registry.cel.cost.Bounded.times;

import dev.cel.common.ast.CelExpr;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What one call costs, its arguments with it.
 *
 * @param size of what an expression comes to
 * @param target what stands before the dot; null without
 */
record FunctionCosts(
    ToLongFunction<CelExpr> size, CelExpr target, List<CelExpr> arguments, List<Long> costs) {
  private static final double A_CHARACTER = 0.1;
  private static final double A_CHARACTER_TWICE = 0.2;
  private static final double A_CHARACTER_OF_A_PATTERN = 0.25;
  private static final long AUTHORIZATION = 350_000;

  /** The longest address, as bytes. */
  private static final long ADDRESS = 16;

  /**
   * @param size of the result; -1 where nothing is known of it
   */
  record Estimate(long cost, long size) {}

  Estimate of(String function, String overload) {
    return switch (function) {
      case "check" -> fixed(AUTHORIZATION);
      case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" -> elements();
      case "url",
          "isURL",
          "quantity",
          "isQuantity",
          "isIP",
          "cidr",
          "isCIDR",
          "ip",
          "semver",
          "isSemver" ->
          arguments.isEmpty() ? fixed(1) : fixed(traversal(arguments.getFirst()));
      case "ip.isCanonical" -> fixed(times(size(arguments.getFirst()), A_CHARACTER_TWICE));
      case "lowerAscii", "upperAscii", "substring", "trim" ->
          new Estimate(plus(traversal(target), sum()), size(target));
      case "split" ->
          new Estimate(plus(times(size(target), A_CHARACTER_TWICE), sum()), size(target));
      case "replace" -> replace();
      case "join" -> new Estimate(plus(traversal(target), sum()), size(target));
      case "find", "findAll" -> new Estimate(plus(matching(target, 0), sum()), size(target));
      case "containsIP" -> fixed(times(2 * ADDRESS, A_CHARACTER));
      case "containsCIDR" ->
          fixed(times(2 * ADDRESS, A_CHARACTER) + times(ADDRESS, A_CHARACTER) + 1);
      case "sets.contains", "sets.intersects" -> fixed(plus(1, product()));
      case "sets.equivalent" -> fixed(plus(1, times(2, product())));
      case String other -> standard(overload);
    };
  }

  private Estimate standard(String overload) {
    return switch (overload) {
      case "starts_with_string", "ends_with_string" -> fixed(traversal(arguments.getFirst()));
      case "in_list" -> fixed(size(arguments.get(1)));
      case "matches_string" -> fixed(matching(target, 0));
      case "matches" -> fixed(matching(arguments.getFirst(), 1));
      case "contains_string" -> fixed(times(traversal(target), traversal(arguments.getFirst())));
      case "logical_and", "logical_or" -> new Estimate(sum(), -1);
      case "conditional" -> conditional();
      case "add_string", "add_bytes" -> {
        long both = plus(size(arguments.get(0)), size(arguments.get(1)));
        yield new Estimate(plus(times(both, A_CHARACTER), sum()), both);
      }
      case "add_list" ->
          new Estimate(plus(1, sum()), plus(size(arguments.get(0)), size(arguments.get(1))));
      case "string_to_bytes" ->
          new Estimate(
              plus(traversal(arguments.getFirst()), sum()), times(size(arguments.getFirst()), 4L));
      case "bytes_to_string" ->
          new Estimate(plus(traversal(arguments.getFirst()), sum()), size(arguments.getFirst()));
      case "equals",
          "not_equals",
          "less_string",
          "less_equals_string",
          "greater_string",
          "greater_equals_string",
          "less_bytes",
          "less_equals_bytes",
          "greater_bytes",
          "greater_equals_bytes" ->
          fixed(times(Math.min(size(arguments.get(0)), size(arguments.get(1))), A_CHARACTER));
      case "string_format" -> fixed(traversal(target));
      case String other -> fixed(1);
    };
  }

  /** So much, and what the arguments cost. */
  private Estimate fixed(long cost) {
    return new Estimate(plus(cost, sum()), -1);
  }

  private long sum() {
    long sum = 0;
    for (long each : costs) {
      sum = plus(sum, each);
    }
    return sum;
  }

  private long size(CelExpr each) {
    return size.applyAsLong(each);
  }

  /** Of every element of one with every element of the other. */
  private long product() {
    return times(size(arguments.get(0)), size(arguments.get(1)));
  }

  private long traversal(CelExpr each) {
    return times(size(each), A_CHARACTER);
  }

  private Estimate elements() {
    return target == null ? fixed(1) : fixed(size(target));
  }

  private long matching(CelExpr text, int pattern) {
    return times(
        times(plus(size(text), 1), A_CHARACTER),
        times(size(arguments.get(pattern)), A_CHARACTER_OF_A_PATTERN));
  }

  /** As if every character were replaced. */
  private Estimate replace() {
    long text = size(target);
    long by = arguments.size() < 2 ? 0 : size(arguments.get(1));
    long result = plus(times(plus(text, 1), by), text);
    return new Estimate(plus(times(text, A_CHARACTER_TWICE), sum()), result);
  }

  private Estimate conditional() {
    long cost = plus(costs.get(0), Math.max(costs.get(1), costs.get(2)));
    return new Estimate(cost, Math.max(size(arguments.get(1)), size(arguments.get(2))));
  }
}
