package io.jkube.apiserver.negotiate.protobuf;

import io.jkube.api.GroupVersionKind;
import io.jkube.registry.schema.Schema;
import io.jkube.registry.schema.SchemaSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The messages of the built-in definitions: the types of their schemas joined with the numbers. */
final class Messages {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

  /** What no schema is published of. */
  private static final Map<String, Map<String, Schema>> UNPUBLISHED =
      Map.of(
          META + "PartialObjectMetadata",
          Map.of("metadata", Schema.reference(META + "ObjectMeta")),
          META + "PartialObjectMetadataList",
          Map.of(
              "metadata",
              Schema.reference(META + "ListMeta"),
              "items",
              Schema.plain(
                  Schema.Type.ARRAY, "", "", Schema.reference(META + "PartialObjectMetadata"))));

  private final SchemaSource schemas;
  private final FieldNumbers numbers = FieldNumbers.load();
  private final Map<String, Message> byName = new ConcurrentHashMap<>();

  Messages(SchemaSource schemas) {
    this.schemas = schemas;
  }

  /** The message of a kind; empty for kinds that have none, such as custom resources and Table. */
  Optional<Message> of(GroupVersionKind kind) {
    var name =
        schemas
            .schema(kind)
            .map(Schema::name)
            .filter(known -> !known.isEmpty())
            .orElseGet(() -> META + kind.kind());
    return numbers.of(name) == null ? Optional.empty() : Optional.of(message(name));
  }

  private Message message(String name) {
    return byName.computeIfAbsent(name, full -> new Message(() -> fields(full)));
  }

  private List<Field> fields(String name) {
    var published = UNPUBLISHED.get(name);
    var properties =
        published != null ? published : schemas.resolve(Schema.reference(name)).properties();
    return fields(name, properties);
  }

  private List<Field> fields(String name, Map<String, Schema> properties) {
    var entries = numbers.of(name);
    if (entries == null) {
      return List.of();
    }
    var fields = new ArrayList<Field>();
    for (var entry : entries) {
      if (entry.inline()) {
        var inline = new Message(() -> fields(entry.name(), properties));
        fields.add(new Field.Inline(entry.number(), inline));
      } else if (properties.containsKey(entry.name())) {
        fields.add(field(entry, properties.get(entry.name())));
      }
    }
    fields.sort(Comparator.comparingInt(Field::number));
    return List.copyOf(fields);
  }

  private Field field(FieldNumbers.Entry entry, Schema schema) {
    return switch (schema.type()) {
      case ARRAY -> new Field.Repeated(entry.name(), entry.number(), coding(schema.element()));
      case MAP -> new Field.Keyed(entry.name(), entry.number(), coding(schema.element()));
      case STRING, INTEGER, NUMBER, BOOLEAN, OBJECT, INT_OR_STRING, QUANTITY, ANY, REFERENCE ->
          new Field.Single(entry.name(), entry.number(), coding(schema), entry.zeroIsAbsent());
    };
  }

  private Coding coding(Schema schema) {
    return switch (schema.type()) {
      case STRING -> schema.format().equals("byte") ? Scalar.BYTES : Scalar.TEXT;
      case INTEGER -> schema.format().equals("int32") ? Scalar.INT32 : Scalar.INT64;
      case NUMBER -> Scalar.DOUBLE;
      case BOOLEAN -> Scalar.BOOLEAN;
      case ARRAY -> new Items(coding(schema.element()));
      case INT_OR_STRING -> Special.INT_OR_STRING;
      case QUANTITY -> Special.QUANTITY;
      case ANY, OBJECT -> Special.RAW;
      case REFERENCE -> named(schema.name());
      case MAP -> throw new IllegalStateException("no place for a map inside of a list or map");
    };
  }

  /** By the name of the definition, where its schema does not tell what it is on the wire. */
  private Coding named(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "Time" -> Special.TIME;
      case "MicroTime" -> Special.MICRO_TIME;
      case "Quantity" -> Special.QUANTITY;
      case "IntOrString" -> Special.INT_OR_STRING;
      case "RawExtension", "FieldsV1", "JSON" -> Special.RAW;
      case "JSONSchemaPropsOrArray" -> SchemaOr.array(jsonSchema(name));
      case "JSONSchemaPropsOrBool" -> SchemaOr.truth(jsonSchema(name));
      case "JSONSchemaPropsOrStringArray" -> SchemaOr.names(jsonSchema(name));
      default -> message(name);
    };
  }

  private Message jsonSchema(String sibling) {
    return message(sibling.substring(0, sibling.lastIndexOf('.') + 1) + "JSONSchemaProps");
  }
}
