package io.jkube.apiserver.fields;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Fields that never have a manager: what identifies an object, and what the server keeps. */
final class Ownerless {
  static final Set<String> TOP = Set.of("apiVersion", "kind");

  static final Set<String> METADATA =
      Set.of(
          "name",
          "namespace",
          "creationTimestamp",
          "selfLink",
          "uid",
          "clusterName",
          "generation",
          "managedFields",
          "resourceVersion");

  /** All of them, and {@code metadata} itself, but not what else is in it. */
  static final FieldSet FIELDS = fields();

  private Ownerless() {}

  private static FieldSet fields() {
    var paths = new ArrayList<List<String>>();
    TOP.forEach(name -> paths.add(List.of(PathElement.field(name))));
    paths.add(List.of("f:metadata"));
    METADATA.forEach(name -> paths.add(List.of("f:metadata", PathElement.field(name))));
    return FieldSet.of(paths);
  }
}
