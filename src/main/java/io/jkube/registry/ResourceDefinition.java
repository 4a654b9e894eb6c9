package io.jkube.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.GroupVersionResource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * One kind at one version: its names, scope, verbs, subresources, table columns, and the {@link
 * Strategy} for what is particular to it. Built-in kinds and custom resources are the same to the
 * server.
 *
 * @param listKind the kind of the collection: {@code PodList}
 * @param hasGeneration whether {@code metadata.generation} counts the changes of the spec; where
 *     not, the field is never set
 * @param answersDeleted whether a deletion that takes place at once answers the object, not a
 *     Status
 * @param scale where the {@code scale} subresource finds its numbers; null without one
 * @param conversion from and to the form in the store, where that is another version's
 */
public record ResourceDefinition(
    GroupVersionKind kind,
    GroupVersionResource resource,
    String singular,
    String listKind,
    boolean namespaced,
    List<String> shortNames,
    List<String> categories,
    Set<Verb> verbs,
    Set<String> subresources,
    List<TableColumn> columns,
    boolean hasGeneration,
    boolean answersDeleted,
    ScalePaths scale,
    Conversion conversion,
    Strategy strategy) {

  /** The verbs of a collection, in the order of discovery documents. */
  public enum Verb {
    CREATE,
    DELETE,
    DELETECOLLECTION,
    GET,
    LIST,
    PATCH,
    UPDATE,
    WATCH;

    /** As discovery and RBAC write it. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public ResourceDefinition {
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
    verbs = Set.copyOf(verbs);
    subresources = Set.copyOf(subresources);
    columns = List.copyOf(columns);
  }

  public static Builder namespaced(String group, String version, String kind, String plural) {
    return new Builder(group, version, kind, plural, true);
  }

  public static Builder cluster(String group, String version, String kind, String plural) {
    return new Builder(group, version, kind, plural, false);
  }

  /** Collects a definition; every call but {@link #build} returns the builder. */
  public static final class Builder {
    private final GroupVersionKind kind;
    private final GroupVersionResource resource;
    private final boolean namespaced;
    private String singular;
    private String listKind;
    private List<String> shortNames = List.of();
    private List<String> categories = List.of();
    private Set<Verb> verbs = EnumSet.allOf(Verb.class);
    private final List<String> subresources = new ArrayList<>();
    private final List<TableColumn> columns = new ArrayList<>();
    private boolean hasGeneration;
    private boolean answersDeleted;
    private ScalePaths scale;
    private Conversion conversion = Conversion.NONE;
    private Strategy strategy = Strategy.NONE;

    private Builder(String group, String version, String kind, String plural, boolean namespaced) {
      this.kind = new GroupVersionKind(group, version, kind);
      this.resource = new GroupVersionResource(group, version, plural);
      this.namespaced = namespaced;
      this.singular = kind.toLowerCase(java.util.Locale.ROOT);
      this.listKind = kind + "List";
      columns.add(TableColumn.NAME);
    }

    /** Instead of the kind in small letters. */
    public Builder singular(String name) {
      singular = name;
      return this;
    }

    /** Instead of the kind with {@code List} after it. */
    public Builder listKind(String kind) {
      listKind = kind;
      return this;
    }

    public Builder shortNames(String... names) {
      shortNames = List.of(names);
      return this;
    }

    public Builder categories(String... names) {
      categories = List.of(names);
      return this;
    }

    /** Only these verbs instead of all. */
    public Builder verbs(Verb first, Verb... more) {
      verbs = EnumSet.of(first, more);
      return this;
    }

    /** {@code status}, {@code scale}, {@code log} and the like. */
    public Builder subresources(String... names) {
      subresources.addAll(List.of(names));
      return this;
    }

    /** A string column shown by default. */
    public Builder column(String name, Function<ObjectNode, Object> value) {
      columns.add(TableColumn.text(name, value));
      return this;
    }

    /** A string column before all others: for kinds whose name is not what one looks for first. */
    public Builder firstColumn(String name, Function<ObjectNode, Object> value) {
      return firstColumn(TableColumn.text(name, value));
    }

    /** A column in place of the usual first one, the name. */
    public Builder firstColumn(TableColumn column) {
      columns.clear();
      columns.add(column);
      return this;
    }

    public Builder column(TableColumn column) {
      columns.add(column);
      return this;
    }

    public Builder ageColumn() {
      columns.add(TableColumn.AGE);
      return this;
    }

    /** Counts changes in {@code metadata.generation}. */
    public Builder generation() {
      hasGeneration = true;
      return this;
    }

    /** A deletion answers the object, even when it is gone. */
    public Builder answersDeleted() {
      answersDeleted = true;
      return this;
    }

    /** Serves the {@code scale} subresource. */
    public Builder scale(ScalePaths paths) {
      scale = paths;
      return subresources("scale");
    }

    /** Stands in the store in the form of another version. */
    public Builder storedBy(Conversion own) {
      conversion = own;
      return this;
    }

    public Builder strategy(Strategy own) {
      strategy = own;
      return this;
    }

    public ResourceDefinition build() {
      return new ResourceDefinition(
          kind,
          resource,
          singular,
          listKind,
          namespaced,
          shortNames,
          categories,
          verbs,
          Set.copyOf(subresources),
          columns,
          hasGeneration,
          answersDeleted,
          scale,
          conversion,
          strategy);
    }
  }
}
