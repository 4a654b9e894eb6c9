package io.jkube.registry.core;

import static io.jkube.registry.TableColumn.wide;
import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Timestamps;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.admission.DefaultTolerationSeconds;
import io.jkube.registry.admission.LimitRanger;
import io.jkube.registry.admission.PodPriority;
import io.jkube.registry.admission.PodRuntimeClass;
import io.jkube.registry.admission.PodServiceAccount;
import io.jkube.registry.admission.PodTopologyLabels;
import io.jkube.registry.pod.EphemeralContainers;
import io.jkube.registry.pod.PodDefaults;
import io.jkube.registry.pod.PodResize;
import io.jkube.registry.pod.PodSummary;
import io.jkube.registry.pod.PodUpdate;
import io.jkube.registry.pod.PodValidation;
import io.jkube.registry.pod.QualityOfService;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Pods: containers that live and die together on one node. */
public final class Pods {
  private static final String NONE = "<none>";

  private Pods() {}

  public static ResourceDefinition definition(InstantSource clock) {
    return ResourceDefinition.namespaced("", "v1", "Pod", "pods")
        .shortNames("po")
        .categories("all")
        .subresources(
            "status",
            "binding",
            "eviction",
            "ephemeralcontainers",
            "resize",
            "log",
            "exec",
            "attach",
            "portforward",
            "proxy")
        .generation()
        .column("Ready", pod -> PodSummary.of(pod).ready())
        .column("Status", pod -> PodSummary.of(pod).status())
        .column("Restarts", pod -> PodSummary.of(pod).restarts(clock.instant()))
        .ageColumn()
        .column(wide("IP", Pods::address))
        .column(wide("Node", pod -> orNone(text(pod, "/spec/nodeName"))))
        .column(wide("Nominated Node", pod -> orNone(text(pod, "/status/nominatedNodeName"))))
        .column(wide("Readiness Gates", pod -> PodSummary.of(pod).readinessGates()))
        .answersDeleted()
        .strategy(new PodStrategy())
        .build();
  }

  private static String address(ObjectNode pod) {
    var first = text(pod, "/status/podIPs/0/ip");
    return orNone(first.isEmpty() ? text(pod, "/status/podIP") : first);
  }

  private static String orNone(String value) {
    return value.isEmpty() ? NONE : value;
  }

  private static final class PodStrategy implements StatusStrategy {
    @Override
    public void applyDefaults(ObjectNode pod) {
      PodDefaults.applyToPod(pod);
    }

    @Override
    public void prepareForCreate(ObjectNode pod, Instant now) {
      pod.putObject("status")
          .put("phase", "Pending")
          .put("qosClass", QualityOfService.of(child(pod, "spec")));
      if (!pod.at("/spec/schedulingGates").isEmpty()) {
        tellOfGates(pod, now);
      }
    }

    /** The scheduler does not look at a gated pod, so it is said here why nothing happens. */
    private static void tellOfGates(ObjectNode pod, Instant now) {
      child(pod, "status")
          .putArray("conditions")
          .addObject()
          .put("type", "PodScheduled")
          .put("status", "False")
          .put("lastTransitionTime", Timestamps.seconds(now))
          .put("reason", "SchedulingGated")
          .put("message", "Scheduling is blocked due to non-empty scheduling gates");
    }

    /** In the order of upstream's plugins. */
    @Override
    public void admitCreate(ObjectNode pod, StoredObjects others) {
      LimitRanger.admit(pod, others);
      child(pod, "status").put("qosClass", QualityOfService.of(child(pod, "spec")));
      PodServiceAccount.admit(pod, others);
      PodPriority.admit(pod, others);
      DefaultTolerationSeconds.admit(pod);
      PodRuntimeClass.admit(pod, others);
      PodTopologyLabels.admit(pod, others);
    }

    /** A status that does not say the class of service keeps it. */
    @Override
    public void prepareForStatusUpdate(ObjectNode updated, ObjectNode current) {
      StatusStrategy.super.prepareForStatusUpdate(updated, current);
      var qosClass = text(current, "/status/qosClass");
      if (!qosClass.isEmpty()) {
        Tree.putIfEmpty(child(updated, "status"), "qosClass", qosClass);
      }
    }

    @Override
    public void validate(ObjectNode pod, Violations violations) {
      PodValidation.validate(pod.path("spec"), "spec", violations);
    }

    @Override
    public void validateCreate(ObjectNode pod, Violations violations) {
      validate(pod, violations);
      EphemeralContainers.forbidAtCreation(pod, violations);
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      PodUpdate.validate(updated, current, violations);
    }

    @Override
    public void validateStatusUpdate(
        ObjectNode updated, ObjectNode current, Violations violations) {
      PodUpdate.validateStatus(updated, current, violations);
    }

    @Override
    public void prepareForSubresource(String name, ObjectNode updated, ObjectNode current) {
      if (name.equals(EphemeralContainers.SUBRESOURCE)) {
        EphemeralContainers.keepTheRest(updated, current);
      } else if (name.equals(PodResize.SUBRESOURCE)) {
        PodResize.keepTheRest(updated, current);
      }
    }

    @Override
    public void validateSubresource(
        String name, ObjectNode updated, ObjectNode current, Violations violations) {
      if (name.equals(EphemeralContainers.SUBRESOURCE)) {
        validate(updated, violations);
        EphemeralContainers.validateUpdate(updated, current, violations);
      } else if (name.equals(PodResize.SUBRESOURCE)) {
        validate(updated, violations);
        PodResize.validateUpdate(updated, current, violations);
      }
    }

    @Override
    public List<String> resetFields(String subresource) {
      return subresource.equals(EphemeralContainers.SUBRESOURCE)
              || subresource.equals(PodResize.SUBRESOURCE)
          ? List.of("/metadata", "/status")
          : StatusStrategy.super.resetFields(subresource);
    }

    /**
     * What was asked, else the pod's own; at once where no kubelet has the pod, or it has ended.
     */
    @Override
    public long gracePeriodSeconds(ObjectNode pod, Long asked) {
      var phase = text(pod, "/status/phase");
      if (text(pod, "/spec/nodeName").isEmpty()
          || phase.equals("Succeeded")
          || phase.equals("Failed")) {
        return 0;
      }
      if (asked != null) {
        return asked < 0 ? 1 : asked;
      }
      return Math.max(0, pod.at("/spec/terminationGracePeriodSeconds").asLong());
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode pod) {
      var fields = new LinkedHashMap<String, String>();
      for (var name : selectableFieldNames()) {
        fields.put(name, text(pod, "/" + name.replace('.', '/')));
      }
      fields.put("spec.hostNetwork", Boolean.toString(pod.at("/spec/hostNetwork").asBoolean()));
      var address = text(pod, "/status/podIPs/0/ip");
      if (!address.isEmpty()) {
        fields.put("status.podIP", address);
      }
      return fields;
    }

    @Override
    public Set<String> selectableFieldNames() {
      return SELECTABLE;
    }

    private static final Set<String> SELECTABLE =
        Set.of(
            "spec.nodeName",
            "spec.restartPolicy",
            "spec.schedulerName",
            "spec.serviceAccountName",
            "spec.hostNetwork",
            "status.phase",
            "status.podIP",
            "status.nominatedNodeName");
  }
}
