package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import java.util.Arrays;
import java.util.List;

/**
 * Server-side apply of a {@code Scale}: who manages the number of replicas is told in the managed
 * fields of the scaled object. Thread-safe.
 */
public final class ScaleApply {
  private static final List<String> IN_SCALE = List.of("f:spec", "f:replicas");

  private final ServerSideApply serverSide;

  public ScaleApply(ServerSideApply serverSide) {
    this.serverSide = serverSide;
  }

  /** How an object of some kind is seen as a Scale. */
  public interface View {
    /** The definition of the Scale itself. */
    ResourceDefinition scale();

    /** The JSON pointer to the number of replicas in the scaled object. */
    String replicas();

    /** The Scale of an object. */
    ObjectNode of(ObjectNode object);

    /** A copy of the object with what the Scale says. */
    ObjectNode applied(ObjectNode object, ObjectNode scale);
  }

  /**
   * @param live shared: not to be changed
   * @return the object's next state with its {@code managedFields}
   */
  public ObjectNode apply(Writer writer, ObjectNode live, View view, Configuration configuration) {
    var path = path(view.replicas());
    var managed = ManagedFields.of(live);
    var scale = view.of(live);
    var version = view.scale().kind().apiVersion();
    inScale(managed, path, version).writeTo((ObjectNode) scale.get("metadata"));
    var scaler = new Writer(view.scale(), writer.subresource(), writer.manager());
    var next = serverSide.apply(scaler, scale, configuration);
    if (!configuration.object().path("metadata").has("resourceVersion")) {
      ((ObjectNode) next.get("metadata")).remove("resourceVersion");
    }
    var object = view.applied(live, next);
    var parentVersion = writer.definition().kind().apiVersion();
    inObject(managed, ManagedFields.of(next), path, parentVersion)
        .writeTo((ObjectNode) object.get("metadata"));
    return object;
  }

  private static List<String> path(String pointer) {
    return Arrays.stream(pointer.substring(1).split("/")).map(PathElement::field).toList();
  }

  /** The managers of the replicas, as managers of the Scale. */
  private static ManagedFields inScale(ManagedFields managed, List<String> path, String version) {
    var scale = ManagedFields.NONE;
    for (var entry : managed.entries()) {
      if (entry.fields().has(path)) {
        var manager = at(entry.manager(), version);
        var fields = FieldSet.of(List.of(IN_SCALE));
        scale = scale.with(new ManagedEntry(manager, version, entry.time(), fields));
      }
    }
    return scale;
  }

  /** The object's managers, with the replicas managed by those who now do so in the Scale. */
  private static ManagedFields inObject(
      ManagedFields managed, ManagedFields scale, List<String> path, String version) {
    var replicas = FieldSet.of(List.of(path));
    var result = managed.map(entry -> entry.with(entry.fields().difference(replicas)));
    for (var entry : scale.entries()) {
      if (entry.fields().has(IN_SCALE)) {
        var manager = at(entry.manager(), version);
        var before = result.get(manager);
        var fields = before == null ? replicas : before.fields().union(replicas);
        var unchanged = managed.get(manager);
        boolean had = unchanged != null && unchanged.fields().has(path);
        var time = had ? unchanged.time() : entry.time();
        result = result.with(new ManagedEntry(manager, version, time, fields));
      }
    }
    return result;
  }

  private static Manager at(Manager manager, String version) {
    return manager.isApplier()
        ? manager
        : Manager.updater(manager.name(), manager.subresource(), version);
  }
}
