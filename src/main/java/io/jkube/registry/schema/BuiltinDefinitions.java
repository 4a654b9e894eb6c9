package io.jkube.registry.schema;

import io.jkube.api.GroupVersionKind;
import io.jkube.registry.schema.Schema.Type;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The definitions of Kubernetes v1.35 that the build puts beside the classes, a resource a package.
 * A package is read when something in it is first asked for (about a millisecond each).
 */
public final class BuiltinDefinitions implements Definitions {
  private final Map<GroupVersionKind, String> nameByKind = new HashMap<>();
  private final Map<String, Map<String, Schema>> packages = new ConcurrentHashMap<>();
  private final Map<String, Schema> known = new ConcurrentHashMap<>();

  public BuiltinDefinitions() {
    for (var line : lines("kinds")) {
      var words = line.split(" ");
      nameByKind.put(GroupVersionKind.of(words[0], words[1]), words[2]);
    }
  }

  @Override
  public Optional<Schema> kind(GroupVersionKind kind) {
    return Optional.ofNullable(nameByKind.get(kind)).map(this::definition);
  }

  @Override
  public Schema resolve(Schema schema) {
    return schema.type() == Type.REFERENCE ? definition(schema.name()) : schema;
  }

  /** The definition of this full name. */
  public Schema definition(String name) {
    var definition = known.get(name);
    return definition == null ? find(name) : definition;
  }

  private Schema find(String name) {
    var definition = ofPackage(name.substring(0, name.lastIndexOf('.'))).get(name);
    if (definition == null) {
      throw new IllegalStateException("no definition " + name);
    }
    known.put(name, definition);
    return definition;
  }

  private Map<String, Schema> ofPackage(String packageName) {
    return packages.computeIfAbsent(
        packageName, name -> DefinitionReader.read(name, lines(name + ".fields")));
  }

  /** The kinds that a definition is, by its full name; more than one never happens here. */
  public Map<String, GroupVersionKind> kindByName() {
    var kinds = new HashMap<String, GroupVersionKind>();
    nameByKind.forEach((kind, name) -> kinds.put(name, kind));
    return kinds;
  }

  /** The lines of a generated resource: {@code kinds}, {@code digest}, {@code PACKAGE.docs}. */
  public static List<String> lines(String resource) {
    try (InputStream stream = BuiltinDefinitions.class.getResourceAsStream("/schema/" + resource)) {
      if (stream == null) {
        throw new IllegalStateException("the build made no schema/" + resource);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("schema/" + resource, unreadable);
    }
  }
}
