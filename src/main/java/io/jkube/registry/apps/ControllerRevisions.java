package io.jkube.registry.apps;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;

/** ControllerRevisions: earlier states of what a controller owns. Their data never changes. */
public final class ControllerRevisions {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("apps", "v1", "ControllerRevision", "controllerrevisions")
          .column("Controller", ControllerRevisions::controller)
          .column(TableColumn.integer("Revision", each -> each.path("revision").asLong()))
          .ageColumn()
          .strategy(new ControllerRevisionStrategy())
          .build();

  private ControllerRevisions() {}

  private static String controller(ObjectNode revision) {
    return objects(revision, "/metadata/ownerReferences").stream()
        .filter(owner -> owner.path("controller").asBoolean())
        .findFirst()
        .map(ControllerRevisions::named)
        .orElse("<none>");
  }

  /** {@code statefulset.apps/web}. */
  private static String named(ObjectNode owner) {
    var version = text(owner, "/apiVersion");
    int slash = version.indexOf('/');
    var group = slash < 0 ? "" : "." + version.substring(0, slash);
    var kind = text(owner, "/kind").toLowerCase(java.util.Locale.ROOT);
    return kind + group + "/" + text(owner, "/name");
  }

  private static final class ControllerRevisionStrategy implements Strategy {
    @Override
    public void validate(ObjectNode revision, Violations violations) {
      var number = revision.path("revision");
      if (number.asLong() < 0) {
        violations.invalid("revision", number, "must be greater than or equal to 0");
      }
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      new Rules(violations).immutable(updated, current, "data", "");
    }
  }
}
