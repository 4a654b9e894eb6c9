package io.jkube.registry.networking;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Resources;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import java.time.Instant;
import java.util.Comparator;
import java.util.TreeSet;

/** Ingresses: which requests from outside go to which service. */
public final class Ingresses {
  private static final int SHOWN_HOSTS = 3;
  private static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";
  private static final String DEFAULT_MARK = "ingressclass.kubernetes.io/is-default-class";

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("networking.k8s.io", "v1", "Ingress", "ingresses")
          .shortNames("ing")
          .subresources("status")
          .generation()
          .column("Class", Ingresses::className)
          .column("Hosts", Ingresses::hosts)
          .column("Address", Ingresses::addresses)
          .column("Ports", ingress -> Tree.has(ingress, "/spec/tls") ? "80, 443" : "80")
          .ageColumn()
          .strategy(new IngressStrategy())
          .build();

  private Ingresses() {}

  private static String className(ObjectNode ingress) {
    var name = text(ingress, "/spec/ingressClassName");
    return name.isEmpty() ? "<none>" : name;
  }

  private static String hosts(ObjectNode ingress) {
    var rules = objects(ingress, "/spec/rules");
    var hosts =
        rules.stream()
            .map(rule -> text(rule, "/host"))
            .filter(host -> !host.isEmpty())
            .limit(SHOWN_HOSTS)
            .toList();
    if (hosts.isEmpty()) {
      return "*";
    }
    boolean more = hosts.size() == SHOWN_HOSTS && rules.size() > SHOWN_HOSTS;
    var shown = String.join(",", hosts);
    return more ? shown + " + " + (rules.size() - SHOWN_HOSTS) + " more..." : shown;
  }

  private static String addresses(ObjectNode ingress) {
    var addresses = new TreeSet<String>();
    for (var point : objects(ingress, "/status/loadBalancer/ingress")) {
      var ip = text(point, "/ip");
      addresses.add(ip.isEmpty() ? text(point, "/hostname") : ip);
    }
    addresses.remove("");
    return String.join(",", addresses);
  }

  private static final class IngressStrategy implements StatusStrategy {
    @Override
    public void prepareForCreate(ObjectNode ingress, Instant now) {
      ingress.putObject("status").putObject("loadBalancer");
    }

    /** An ingress that names no class has the newest of those marked as the default. */
    @Override
    public void admitCreate(ObjectNode ingress, StoredObjects others) {
      if (ingress.path("spec").has("ingressClassName")
          || ingress.at("/metadata/annotations").has(CLASS_ANNOTATION)) {
        return;
      }
      others.list(Resources.INGRESS_CLASSES).stream()
          .filter(each -> isDefault(each))
          .max(
              Comparator.<ObjectNode, String>comparing(
                      each -> text(each, "/metadata/creationTimestamp"))
                  .thenComparing(each -> text(each, "/metadata/name"), Comparator.reverseOrder()))
          .ifPresent(
              chosen ->
                  child(ingress, "spec").put("ingressClassName", text(chosen, "/metadata/name")));
    }

    private static boolean isDefault(ObjectNode ingressClass) {
      return ingressClass.at("/metadata/annotations").path(DEFAULT_MARK).asText().equals("true");
    }

    @Override
    public void validate(ObjectNode ingress, Violations violations) {
      var annotation = ingress.at("/metadata/annotations").path(CLASS_ANNOTATION);
      if (annotation.isTextual() && ingress.path("spec").has("ingressClassName")) {
        violations.invalid(
            "metadata.annotations." + CLASS_ANNOTATION,
            annotation,
            "can not be set when the class field is also set");
      }
      IngressValidation.validate(ingress.path("spec"), violations);
    }
  }
}
