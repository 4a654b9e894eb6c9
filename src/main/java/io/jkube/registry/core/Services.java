package io.jkube.registry.core;

import static io.jkube.registry.TableColumn.wide;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.registry.LabelColumn;
import io.jkube.registry.NameRule;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Services: a stable address before a changing set of pods. */
public final class Services {
  static final GroupVersionKind KIND = new GroupVersionKind("", "v1", "Service");

  private Services() {}

  /**
   * @param clock ages the addresses that were given out but never stored
   */
  public static ResourceDefinition definition(InstantSource clock) {
    return ResourceDefinition.namespaced("", "v1", "Service", "services")
        .shortNames("svc")
        .categories("all")
        .subresources("status", "proxy")
        .column("Type", service -> text(service, "/spec/type"))
        .column("Cluster-IP", Services::clusterIp)
        .column("External-IP", Services::externalIp)
        .column("Port(s)", Services::ports)
        .ageColumn()
        .column(wide("Selector", service -> LabelColumn.text(service.at("/spec/selector"))))
        .answersDeleted()
        .strategy(new ServiceStrategy(new ServiceAllocation(clock)))
        .build();
  }

  private static String clusterIp(ObjectNode service) {
    var address = text(service, "/spec/clusterIP");
    return address.isEmpty() ? "<none>" : address;
  }

  private static String externalIp(ObjectNode service) {
    var external = texts(service, "/spec/externalIPs");
    return switch (text(service, "/spec/type")) {
      case "ExternalName" -> text(service, "/spec/externalName");
      case "LoadBalancer" -> {
        var all = Stream.concat(balancerAddresses(service).stream(), external.stream()).toList();
        yield all.isEmpty() ? "<pending>" : String.join(",", all);
      }
      default -> external.isEmpty() ? "<none>" : String.join(",", external);
    };
  }

  private static List<String> balancerAddresses(ObjectNode service) {
    return objects(service, "/status/loadBalancer/ingress").stream()
        .map(point -> point.has("ip") ? text(point, "/ip") : text(point, "/hostname"))
        .filter(address -> !address.isEmpty())
        .toList();
  }

  private static String ports(ObjectNode service) {
    var ports = objects(service, "/spec/ports").stream().map(Services::port).toList();
    return ports.isEmpty() ? "<none>" : String.join(",", ports);
  }

  private static String port(ObjectNode port) {
    int nodePort = port.path("nodePort").asInt();
    var numbers = text(port, "/port") + (nodePort > 0 ? ":" + nodePort : "");
    return numbers + "/" + text(port, "/protocol");
  }

  private static final class ServiceStrategy implements StatusStrategy {
    private final ServiceAllocation allocation;

    ServiceStrategy(ServiceAllocation allocation) {
      this.allocation = allocation;
    }

    @Override
    public void applyDefaults(ObjectNode service) {
      ServiceDefaults.apply(service);
    }

    @Override
    public void prepareForCreate(ObjectNode service, Instant now) {
      service.putObject("status").putObject("loadBalancer");
    }

    /** An update that leaves out the address or a node port keeps what the service has. */
    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode current) {
      StatusStrategy.super.prepareForUpdate(updated, current);
      ServiceDefaults.dropWhatTheTypeHasNot(updated, current);
      var spec = Tree.child(updated, "spec");
      boolean named = text(spec, "/type").equals("ExternalName");
      if (!named && !Tree.has(spec, "/clusterIP") && Tree.has(current, "/spec/clusterIP")) {
        Tree.restore(spec, Tree.child(current, "spec"), "clusterIP");
        Tree.restore(spec, Tree.child(current, "spec"), "clusterIPs");
      }
    }

    @Override
    public void validate(ObjectNode service, Violations violations) {
      ServiceValidation.validate(service, violations);
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      ServiceValidation.validateUpdate(updated, current, violations);
    }

    @Override
    public void admitCreate(ObjectNode service, StoredObjects others) {
      allocation.allocate(service, null, others);
    }

    @Override
    public void admitUpdate(ObjectNode updated, ObjectNode current, StoredObjects others) {
      allocation.allocate(updated, current, others);
    }

    @Override
    public NameRule nameRule() {
      return NameRule.DNS_1035_LABEL;
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode service) {
      return Map.of(
          "spec.clusterIP", text(service, "/spec/clusterIP"),
          "spec.type", text(service, "/spec/type"));
    }

    @Override
    public Set<String> selectableFieldNames() {
      return Set.of("spec.clusterIP", "spec.type");
    }
  }
}
