package io.jkube.registry.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a definition, or a field of one, holds. A field of a named type only refers to it; {@link
 * Definitions#resolve} leads there.
 *
 * @param type what JSON is expected
 * @param format narrows the type: {@code int32}, {@code date-time}, {@code byte}, ...; or empty
 * @param name of the definition: this one's, or the one it refers to; empty for what is inline
 * @param properties fields by name in the order of the definition; empty for a free map
 * @param required names of the fields that must be there
 * @param element the elements of an array, or the values of a map; null where anything goes
 * @param merge how what is there joins with what comes
 * @param defaultValue what an absent field gets, or null
 * @param takesAny whether fields that are not listed stay, whatever they are
 */
public record Schema(
    Type type,
    String format,
    String name,
    Map<String, Schema> properties,
    Set<String> required,
    Schema element,
    Merge merge,
    JsonNode defaultValue,
    boolean takesAny) {

  /** What JSON a schema expects. */
  public enum Type {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    /** Fields of its own, or none: then anything. */
    OBJECT,
    /** Names and values, all of one kind. */
    MAP,
    ARRAY,
    /** A number or a name: {@code IntOrString}. */
    INT_OR_STRING,
    /** An amount, written as a string or a number. */
    QUANTITY,
    /** Any JSON at all. */
    ANY,
    /** Says nothing itself: the definition of that name does. */
    REFERENCE
  }

  /**
   * How lists and maps merge, by server-side apply and by strategic merge patches.
   *
   * @param listType {@code atomic}, {@code set}, {@code map}, or empty where none is stated
   * @param listMapKeys the fields that tell apart the elements of a list of type {@code map}
   * @param mapType {@code atomic}, {@code granular}, or empty where none is stated
   * @param isPatchMerged whether a strategic merge patch merges the list
   * @param patchKey the field that tells elements apart in such a patch, or empty for plain values
   * @param retainKeys whether such a patch lists the keys to keep
   * @param isReplaced whether such a patch replaces the object whole
   */
  public record Merge(
      String listType,
      List<String> listMapKeys,
      String mapType,
      boolean isPatchMerged,
      String patchKey,
      boolean retainKeys,
      boolean isReplaced) {
    public static final Merge NONE = new Merge("", List.of(), "", false, "", false, false);
  }

  public Schema {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(merge, "merge");
  }

  /** One that only refers to the definition. */
  public static Schema reference(String name) {
    return plain(Type.REFERENCE, "", name, null);
  }

  /** One without properties of its own. */
  public static Schema plain(Type type, String format, String name, Schema element) {
    return new Schema(type, format, name, Map.of(), Set.of(), element, Merge.NONE, null, false);
  }

  Schema with(Merge how, JsonNode value) {
    return new Schema(type, format, name, properties, required, element, how, value, takesAny);
  }

  /** Whether it takes fields that it does not list. */
  public boolean isOpen() {
    return type == Type.ANY || (type == Type.OBJECT && properties.isEmpty());
  }

  /** {@code Container} for {@code io.k8s.api.core.v1.Container}. */
  public String shortName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** {@code v1.Container}: how Go names the type. */
  String goName() {
    return name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
  }
}
