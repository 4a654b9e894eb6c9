package io.jkube.registry.cel.function;

import dev.cel.common.types.SimpleType;
import io.jkube.api.ApiException;
import io.jkube.api.Quantity;
import java.math.BigDecimal;

/** {@code quantity, isQuantity} and arithmetic with amounts. */
final class QuantityFunctions {
  private QuantityFunctions() {}

  static void addTo(FunctionTable table) {
    var quantity = table.type("kubernetes.Quantity", Quantity.class);
    var text = SimpleType.STRING;
    var number = SimpleType.INT;
    var bool = SimpleType.BOOL;
    table
        .global("quantity", quantity, each -> Quantity.parse((String) each[0]), text)
        .global("isQuantity", bool, each -> isQuantity((String) each[0]), text)
        .member("isInteger", bool, each -> isInteger(amount(each[0])), quantity)
        .member("asInteger", number, each -> amount(each[0]).longValueExact(), quantity)
        .member(
            "asApproximateFloat",
            SimpleType.DOUBLE,
            each -> amount(each[0]).doubleValue(),
            quantity)
        .member("sign", number, each -> (long) amount(each[0]).signum(), quantity)
        .member(
            "add",
            quantity,
            each -> of(each[0], amount(each[0]).add(amount(each[1]))),
            quantity,
            quantity)
        .member(
            "add",
            quantity,
            each -> of(each[0], amount(each[0]).add(amount(each[1]))),
            quantity,
            number)
        .member(
            "sub",
            quantity,
            each -> of(each[0], amount(each[0]).subtract(amount(each[1]))),
            quantity,
            quantity)
        .member(
            "sub",
            quantity,
            each -> of(each[0], amount(each[0]).subtract(amount(each[1]))),
            quantity,
            number)
        .member("isGreaterThan", bool, each -> compare(each) > 0, quantity, quantity)
        .member("isLessThan", bool, each -> compare(each) < 0, quantity, quantity)
        .member("compareTo", number, each -> (long) compare(each), quantity, quantity);
  }

  private static BigDecimal amount(Object value) {
    return value instanceof Quantity quantity
        ? quantity.amount()
        : BigDecimal.valueOf((Long) value);
  }

  private static Quantity of(Object like, BigDecimal amount) {
    return new Quantity(amount, ((Quantity) like).format());
  }

  private static int compare(Object[] arguments) {
    return amount(arguments[0]).compareTo(amount(arguments[1]));
  }

  private static boolean isInteger(BigDecimal amount) {
    return amount.stripTrailingZeros().scale() <= 0
        && amount.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
  }

  private static boolean isQuantity(String text) {
    try {
      Quantity.parse(text);
      return true;
    } catch (ApiException malformed) {
      return false;
    }
  }
}
