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
import io.jkube.registry.Tree;
import io.jkube.registry.structural.Structural;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The types that schemas describe, so that a misspelt field is found before any object is. */
final class SchemaTypes implements CelTypeProvider {
  private final Map<String, CelType> byName = new LinkedHashMap<>();

  /**
   * The type of a schema whose fields keep their names, reserved words or not.
   *
   * @param name no expression can say it
   */
  CelType plain(String name, Structural schema) {
    return type(name, schema, false, UnaryOperator.identity());
  }

  /**
   * The type of a schema; those inside are known by the path to them.
   *
   * @param name no expression can say it
   */
  CelType add(String name, Structural schema, boolean whole) {
    return type(name, schema, whole, FieldNames::escaped);
  }

  private CelType type(String name, Structural schema, boolean whole, UnaryOperator<String> names) {
    if (schema.intOrString()) {
      return SimpleType.DYN;
    }
    return switch (schema.type()) {
      case "object" -> object(name, schema, whole || schema.embedded(), names);
      case "array" ->
          schema.items() == null
              ? ListType.create(SimpleType.DYN)
              : ListType.create(type(name + "@items", schema.items(), false, names));
      case "string" -> text(schema);
      case "integer" -> SimpleType.INT;
      case "number" -> SimpleType.DOUBLE;
      case "boolean" -> SimpleType.BOOL;
      default -> SimpleType.DYN;
    };
  }

  private CelType object(
      String name, Structural schema, boolean whole, UnaryOperator<String> names) {
    if (schema.additional() != null) {
      return MapType.create(
          SimpleType.STRING, type(name + "@values", schema.additional(), false, names));
    }
    if (schema.takesAny() && schema.properties().isEmpty()) {
      return SimpleType.DYN;
    }
    var fields = new LinkedHashMap<String, CelType>();
    schema
        .properties()
        .forEach(
            (field, each) ->
                fields.put(names.apply(field), type(name + "." + field, each, false, names)));
    if (whole) {
      fields.put("apiVersion", SimpleType.STRING);
      fields.put("kind", SimpleType.STRING);
      fields.put("metadata", metadata(name + ".metadata"));
    }
    return struct(name, fields);
  }

  /** Of the metadata only the names can be used. */
  private CelType metadata(String name) {
    return struct(name, Map.of("name", SimpleType.STRING, "generateName", SimpleType.STRING));
  }

  CelType struct(String name, Map<String, CelType> fields) {
    var type =
        StructType.create(
            name,
            ImmutableSet.copyOf(fields.keySet()),
            field -> Optional.ofNullable(fields.get(field)));
    byName.put(name, type);
    return type;
  }

  private static CelType text(Structural schema) {
    return switch (format(schema)) {
      case "date-time", "date" -> SimpleType.TIMESTAMP;
      case "duration" -> SimpleType.DURATION;
      case "byte" -> SimpleType.BYTES;
      default -> SimpleType.STRING;
    };
  }

  static String format(Structural schema) {
    return schema == null || !schema.type().equals("string")
        ? ""
        : Tree.text(schema.source(), "/format");
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return ImmutableList.copyOf(byName.values());
  }

  @Override
  public Optional<CelType> findType(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
