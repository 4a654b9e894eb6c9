package io.jkube.registry.cel.function;

import static io.jkube.registry.cel.function.FunctionTable.LIST_OF_T;
import static io.jkube.registry.cel.function.FunctionTable.T;

import dev.cel.common.types.SimpleType;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** {@code isSorted, sum, min, max, indexOf, lastIndexOf}. */
final class ListFunctions {
  private ListFunctions() {}

  static void addTo(FunctionTable table) {
    table
        .member("isSorted", SimpleType.BOOL, each -> isSorted(list(each)), LIST_OF_T)
        .member("sum", T, each -> sum(list(each)), LIST_OF_T)
        .member("min", T, each -> extreme("min", list(each), -1), LIST_OF_T)
        .member("max", T, each -> extreme("max", list(each), 1), LIST_OF_T)
        .member("indexOf", SimpleType.INT, each -> (long) list(each).indexOf(each[1]), LIST_OF_T, T)
        .member(
            "lastIndexOf",
            SimpleType.INT,
            each -> (long) list(each).lastIndexOf(each[1]),
            LIST_OF_T,
            T);
  }

  private static List<?> list(Object[] arguments) {
    return (List<?>) arguments[0];
  }

  private static boolean isSorted(List<?> list) {
    for (int i = 1; i < list.size(); i++) {
      if (compare(list.get(i - 1), list.get(i)) > 0) {
        return false;
      }
    }
    return true;
  }

  private static Object extreme(String name, List<?> list, int sign) {
    return list.stream()
        .map(each -> (Object) each)
        .max((one, other) -> sign * compare(one, other))
        .orElseThrow(() -> new IllegalArgumentException(name + " called on empty list"));
  }

  @SuppressWarnings("unchecked")
  private static int compare(Object one, Object other) {
    if (one instanceof Number left && other instanceof Number right) {
      return one instanceof Long && other instanceof Long
          ? Long.compare(left.longValue(), right.longValue())
          : Double.compare(left.doubleValue(), right.doubleValue());
    }
    if (one instanceof Comparable<?> && one.getClass() == other.getClass()) {
      return ((Comparator<Object>) (Comparator<?>) Comparator.naturalOrder()).compare(one, other);
    }
    throw new IllegalArgumentException("no such overload");
  }

  private static Object sum(List<?> list) {
    Object sum = 0L;
    for (int i = 0; i < list.size(); i++) {
      sum = i == 0 ? list.get(0) : plus(sum, list.get(i));
    }
    return sum;
  }

  private static Object plus(Object one, Object other) {
    return switch (one) {
      case Long left when other instanceof Long right -> Math.addExact(left, right);
      case Double left when other instanceof Double right -> left + right;
      case Duration left when other instanceof Duration right -> left.plus(right);
      case Object unfit -> throw new IllegalArgumentException("no such overload");
    };
  }
}
