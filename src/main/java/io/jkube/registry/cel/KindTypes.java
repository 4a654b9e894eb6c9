package io.jkube.registry.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import io.jkube.registry.schema.Schema;
import io.jkube.registry.schema.SchemaSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The types that kinds have by their schemas, so that a policy's misspelt field is found before any
 * object is. A definition is read when an expression first speaks of it.
 */
final class KindTypes implements CelTypeProvider {
  private final Map<String, CelType> byName = new HashMap<>();
  private final CelTypeProvider others;

  /**
   * @param others to ask for what is no kind's
   */
  KindTypes(CelTypeProvider others) {
    this.others = others;
  }

  /**
   * @param name no expression can say it
   */
  CelType add(String name, Schema stated, SchemaSource schemas) {
    var schema = schemas.resolve(stated);
    if (schema.isOpen() || schema.takesAny()) {
      return SimpleType.DYN;
    }
    return switch (schema.type()) {
      case STRING -> text(schema);
      case INTEGER -> SimpleType.INT;
      case NUMBER -> SimpleType.DOUBLE;
      case BOOLEAN -> SimpleType.BOOL;
      case ARRAY -> ListType.create(element(name, schema, schemas));
      case MAP -> MapType.create(SimpleType.STRING, element(name, schema, schemas));
      case OBJECT -> object(stated.name().isEmpty() ? name : "^" + stated.name(), schema, schemas);
      case INT_OR_STRING, QUANTITY, ANY, REFERENCE -> SimpleType.DYN;
    };
  }

  private CelType element(String name, Schema schema, SchemaSource schemas) {
    return schema.element() == null
        ? SimpleType.DYN
        : add(name + "@each", schema.element(), schemas);
  }

  /** Fields are looked at when they are asked for: definitions may hold themselves. */
  private CelType object(String name, Schema schema, SchemaSource schemas) {
    var known = byName.get(name);
    if (known != null) {
      return known;
    }
    var fields = new HashMap<String, Schema>();
    schema.properties().forEach((field, each) -> fields.put(FieldNames.escaped(field), each));
    var type =
        StructType.create(
            name,
            ImmutableSet.copyOf(fields.keySet()),
            field ->
                Optional.ofNullable(fields.get(field))
                    .map(each -> add(name + "." + field, each, schemas)));
    byName.put(name, type);
    return type;
  }

  private static CelType text(Schema schema) {
    return switch (schema.format()) {
      case "date-time", "date" -> SimpleType.TIMESTAMP;
      case "duration" -> SimpleType.DURATION;
      case "byte" -> SimpleType.BYTES;
      default -> SimpleType.STRING;
    };
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return ImmutableList.<CelType>builder().addAll(others.types()).addAll(byName.values()).build();
  }

  @Override
  public Optional<CelType> findType(String name) {
    var own = byName.get(name);
    return own == null ? others.findType(name) : Optional.of(own);
  }
}
