package io.jkube.registry.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a definition, or a field of one, holds. A field of a named type only refers to it; {@link
 * Definitions#resolve} leads there.
 *
 * @param type what JSON is expected
 * @param format narrows the type: {@code int32}, {@code date-time}, {@code byte}, ...; or empty
 * @param reference the name of the definition that says the rest, or empty
 * @param properties fields by name in the order of the definition, each known; empty for a free map
 * @param required names of the fields that must be there
 * @param items the elements of an array, or null
 * @param values the values of a map, or null
 * @param listType {@code atomic}, {@code set}, {@code map}, or empty where none is stated
 * @param listMapKeys the fields that tell apart the elements of a list of type {@code map}
 * @param mapType {@code atomic} or {@code granular} or empty
 * @param patchStrategy {@code merge}, {@code retainKeys}, {@code merge,retainKeys}, or empty
 * @param patchMergeKey the key of a strategic merge, or empty
 * @param defaultValue what an absent field gets, or null
 */
public record Schema(
    Type type,
    String format,
    String reference,
    Map<String, Schema> properties,
    List<String> required,
    Schema items,
    Schema values,
    String listType,
    List<String> listMapKeys,
    String mapType,
    String patchStrategy,
    String patchMergeKey,
    JsonNode defaultValue) {

  /** What JSON a schema expects. */
  public enum Type {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    OBJECT,
    ARRAY,
    /** A port or percentage: {@code IntOrString}. */
    INT_OR_STRING,
    /** A quantity: written as a string or a number. */
    QUANTITY,
    /** Anything goes: raw extensions, JSON of any kind. */
    ANY
  }

  public Schema {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(reference, "reference");
  }
}
