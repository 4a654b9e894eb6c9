package io.jkube.registry.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExpr.CelMutableMap;
import dev.cel.common.ast.CelMutableExpr.CelMutableStruct;
import dev.cel.common.ast.CelMutableExprConverter;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableMutableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The types of what expressions build: {@code Object{...}}, {@code Object.spec{...}}, whose fields
 * may have any name, and {@code JSONPatch{...}}. At run time such a value is a map that knows,
 * under {@link #TYPE}, as what it was written.
 */
final class BuiltTypes implements CelTypeProvider {
  static final String OBJECT = "Object";
  static final String PATCH = "JSONPatch";

  /** No field has such a name. */
  static final String TYPE = "\0type";

  private static final Map<String, CelType> PATCH_FIELDS =
      Map.of(
          "op", SimpleType.STRING,
          "path", SimpleType.STRING,
          "from", SimpleType.STRING,
          "value", SimpleType.DYN);

  private final CelTypeProvider others;
  private final ImmutableSet<String> names;

  private BuiltTypes(CelTypeProvider others, ImmutableSet<String> names) {
    this.others = others;
    this.names = names;
  }

  /**
   * @param parsed the expression, whose names of fields are the ones these types have
   */
  static BuiltTypes in(CelAbstractSyntaxTree parsed, CelTypeProvider others) {
    var names = ImmutableSet.<String>builder();
    CelNavigableAst.fromAst(parsed)
        .getRoot()
        .allNodes()
        .forEach(
            node -> {
              switch (node.getKind()) {
                case STRUCT -> node.expr().struct().entries().forEach(e -> names.add(e.fieldKey()));
                case SELECT -> names.add(node.expr().select().field());
                default -> {}
              }
            });
    return new BuiltTypes(others, names.build());
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return ImmutableList.copyOf(others.types());
  }

  @Override
  public Optional<CelType> findType(String name) {
    if (name.equals(PATCH)) {
      return Optional.of(
          StructType.create(
              name,
              ImmutableSet.copyOf(PATCH_FIELDS.keySet()),
              field -> Optional.ofNullable(PATCH_FIELDS.get(field))));
    }
    if (name.equals(OBJECT) || name.startsWith(OBJECT + ".")) {
      return Optional.of(StructType.create(name, names, field -> Optional.of(SimpleType.DYN)));
    }
    return others.findType(name);
  }

  /** The same expression, which builds maps. */
  static CelAbstractSyntaxTree asMaps(CelAbstractSyntaxTree checked) {
    var expression = CelMutableExprConverter.fromCelExpr(checked.getExpr());
    var root = CelNavigableMutableExpr.fromExpr(expression);
    long[] free = {root.maxId()};
    root.allNodes()
        .filter(node -> node.getKind() == Kind.STRUCT)
        .map(node -> node.expr())
        .toList()
        .forEach(built -> built.setMap(map(built.struct(), free)));
    return CelAbstractSyntaxTree.newCheckedAst(
        CelMutableExprConverter.fromMutableExpr(expression),
        checked.getSource(),
        checked.getReferenceMap(),
        checked.getTypeMap());
  }

  private static CelMutableMap map(CelMutableStruct built, long[] free) {
    var entries = new ArrayList<CelMutableMap.Entry>();
    entries.add(
        CelMutableMap.Entry.create(
            ++free[0], text(TYPE, ++free[0]), text(built.messageName(), ++free[0])));
    for (var each : built.entries()) {
      entries.add(
          CelMutableMap.Entry.create(
              each.id(), text(each.fieldKey(), ++free[0]), each.value(), each.optionalEntry()));
    }
    return CelMutableMap.create(entries);
  }

  private static CelMutableExpr text(String text, long id) {
    return CelMutableExpr.ofConstant(id, CelConstant.ofValue(text));
  }

  /**
   * Holds what was built against the places where it stands: what is in {@code spec} of an {@code
   * Object} must be an {@code Object.spec}.
   *
   * @throws CelProblem EVALUATION, in upstream's words
   */
  static void check(Object value) {
    if (value instanceof Map<?, ?> built && built.containsKey(TYPE)) {
      var wrong = new ArrayList<String>();
      check(built, String.valueOf(built.get(TYPE)), wrong);
      if (!wrong.isEmpty()) {
        throw new CelProblem(
            CelProblem.Kind.EVALUATION, "type mismatch: " + String.join("\n", wrong));
      }
    }
  }

  private static void check(Object value, String expected, List<String> wrong) {
    switch (value) {
      case Map<?, ?> map when map.containsKey(TYPE) -> {
        if (!expected.equals(map.get(TYPE))) {
          wrong.add(
              "unexpected type name \"%s\", expected \"%s\", which matches field name path from root Object type"
                  .formatted(map.get(TYPE), expected));
        }
        map.forEach((key, each) -> check(each, expected + "." + key, wrong));
      }
      case Map<?, ?> map -> map.values().forEach(each -> check(each, expected, wrong));
      case List<?> list -> list.forEach(each -> check(each, expected, wrong));
      default -> {}
    }
  }
}
