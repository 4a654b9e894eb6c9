package io.jkube.registry.storage;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.time.Instant;

/** VolumeAttachments: a volume that is to be at a node. */
public final class VolumeAttachments {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster("storage.k8s.io", "v1", "VolumeAttachment", "volumeattachments")
          .subresources("status")
          .column("Attacher", each -> text(each, "/spec/attacher"))
          .column("PV", each -> text(each, "/spec/source/persistentVolumeName"))
          .column("Node", each -> text(each, "/spec/nodeName"))
          .column(TableColumn.bool("Attached", each -> each.at("/status/attached").asBoolean()))
          .ageColumn()
          .answersDeleted()
          .strategy(new AttachmentStrategy())
          .build();

  private VolumeAttachments() {}

  private static final class AttachmentStrategy implements StatusStrategy {
    @Override
    public void prepareForCreate(ObjectNode attachment, Instant now) {
      attachment.putObject("status").put("attached", false);
    }

    @Override
    public void validate(ObjectNode attachment, Violations violations) {
      DriverNames.validate(text(attachment, "/spec/attacher"), "spec.attacher", violations);
      new Rules(violations).required(attachment.path("spec"), "nodeName", "spec");
      var source = attachment.at("/spec/source");
      boolean named = !text(source, "/persistentVolumeName").isEmpty();
      boolean inline = source.path("inlineVolumeSpec").isObject();
      if (!named && !inline) {
        violations.required(
            "spec.source", "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
      } else if (named && inline) {
        violations.forbidden(
            "spec.source", "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
      }
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      if (!updated.path("spec").equals(current.path("spec"))) {
        violations.invalid("spec", updated.get("spec"), "field is immutable");
      }
    }
  }
}
