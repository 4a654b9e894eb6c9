package io.jkube.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is particular to a kind on the way of a write. Every hook does nothing by default. Order of
 * a create: {@link #applyDefaults}, {@link #prepareForCreate}, {@link #admitCreate}, admission,
 * {@link #validateCreate}. Of an update: {@link #applyDefaults}, {@link #prepareForUpdate} or
 * {@link #prepareForStatusUpdate}, {@link #admitUpdate} (not for status), admission, {@link
 * #validate}, {@link #validateUpdate}.
 *
 * <p>Metadata that every kind has (names, uid, timestamps, generation, finalizers, ownerReferences)
 * is the server's.
 */
public interface Strategy {
  Strategy NONE = new Strategy() {};

  /**
   * Fills what the client left out. Also run on objects read for an update, so it must be
   * idempotent.
   */
  default void applyDefaults(ObjectNode object) {}

  /** Clears what a client may not set at creation (status) and sets what the server decides. */
  default void prepareForCreate(ObjectNode object, Instant now) {}

  /** Puts back what an update of the main resource may not change (status). */
  default void prepareForUpdate(ObjectNode updated, ObjectNode current) {}

  /**
   * Puts back what an update of {@code /status} may not change (spec, and metadata but for a few).
   */
  default void prepareForStatusUpdate(ObjectNode updated, ObjectNode current) {}

  /** {@link #prepareForStatusUpdate} for {@code /approval}: all but a decision is put back. */
  default void prepareForApproval(ObjectNode updated, ObjectNode current) {}

  /** {@link #prepareForUpdate} for a subresource of the kind's own: all it is not about. */
  default void prepareForSubresource(String name, ObjectNode updated, ObjectNode current) {}

  /**
   * Fills in what depends on other objects, as upstream's built-in admission plugins and allocators
   * do: a pod's service account and its token volume, a service's cluster IP. Also called in a dry
   * run.
   *
   * @throws io.jkube.api.ApiException when the object may not be created, as upstream's plugin says
   *     it
   */
  default void admitCreate(ObjectNode object, StoredObjects others) {}

  /** {@link #admitCreate} for an update of the main resource. */
  default void admitUpdate(ObjectNode updated, ObjectNode current, StoredObjects others) {}

  /**
   * Whether {@code generation} must rise: by default when anything outside metadata and status
   * differs.
   */
  default boolean changesGeneration(ObjectNode updated, ObjectNode current) {
    for (var names = updated.fieldNames(); names.hasNext(); ) {
      var name = names.next();
      if (!name.equals("metadata")
          && !name.equals("status")
          && !updated.get(name).equals(current.get(name))) {
        return true;
      }
    }
    for (var names = current.fieldNames(); names.hasNext(); ) {
      var name = names.next();
      if (!name.equals("metadata") && !name.equals("status") && !updated.has(name)) {
        return true;
      }
    }
    return false;
  }

  default void validate(ObjectNode object, Violations violations) {}

  /** In place of {@link #validate} at a creation: for kinds whose updates are judged otherwise. */
  default void validateCreate(ObjectNode object, Violations violations) {
    validate(object, violations);
  }

  default void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {}

  default void validateStatusUpdate(
      ObjectNode updated, ObjectNode current, Violations violations) {}

  default void validateSubresource(
      String name, ObjectNode updated, ObjectNode current, Violations violations) {}

  /**
   * Fields for field selectors beyond {@code metadata.name} and {@code metadata.namespace}; an
   * absent value is "".
   */
  default Map<String, String> selectableFields(ObjectNode object) {
    return Map.of();
  }

  /** The names of {@link #selectableFields}, known without an object. */
  default java.util.Set<String> selectableFieldNames() {
    return java.util.Set.of();
  }

  /**
   * How long a deletion waits for its owner (a kubelet): the seconds to set, 0 to delete at once.
   *
   * @param asked the client's {@code gracePeriodSeconds}, or null
   */
  default long gracePeriodSeconds(ObjectNode object, Long asked) {
    return 0;
  }

  /** After which the object expires by itself; null for never. */
  default Duration timeToLive(ObjectNode object) {
    return null;
  }

  /** Whether a PUT to a name that does not exist creates it. */
  default boolean allowCreateOnUpdate() {
    return false;
  }

  /**
   * What a write of this subresource does not change whatever a client sends, as JSON pointers:
   * nobody comes to manage it by such a write.
   *
   * @param subresource empty for the object itself
   */
  default List<String> resetFields(String subresource) {
    return List.of();
  }

  /** What names of this kind may look like. */
  default NameRule nameRule() {
    return NameRule.DNS_SUBDOMAIN;
  }

  /** Whether finalizers must be Kubernetes' own or carry a domain, as {@code example.com/x}. */
  default boolean finalizersAreQualified() {
    return true;
  }

  /** Marks what a deletion that does not take place at once changes beside the metadata. */
  default void prepareForDelete(ObjectNode object) {}

  /** Whether something other than metadata.finalizers still keeps a deleted object. */
  default boolean heldByMore(ObjectNode object) {
    return false;
  }

  /** Whether what an object owns stays when a deletion does not say what to do with it. */
  default boolean orphansByDefault() {
    return false;
  }
}
