package io.jkube.registry.autoscaling;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Conversion;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.TableColumn;
import java.util.function.UnaryOperator;

/** HorizontalPodAutoscalers: how many replicas something has, by what is measured. */
public final class HorizontalPodAutoscalers {
  public static final ResourceDefinition V2 =
      definition("v2", Conversion.NONE, new AutoscalerStrategy(), object -> object);

  public static final ResourceDefinition V1 =
      definition(
          "v1",
          new VersionOneConversion(),
          new VersionOneStrategy(),
          object -> new VersionOneConversion().toStored(object));

  private HorizontalPodAutoscalers() {}

  /**
   * @param internal the form that tables are made of
   */
  private static ResourceDefinition definition(
      String version,
      Conversion conversion,
      Strategy strategy,
      UnaryOperator<ObjectNode> internal) {
    return ResourceDefinition.namespaced(
            "autoscaling", version, "HorizontalPodAutoscaler", "horizontalpodautoscalers")
        .shortNames("hpa")
        .categories("all")
        .subresources("status")
        .storedBy(conversion)
        .column("Reference", HorizontalPodAutoscalers::reference)
        .column("Targets", object -> MetricText.of(internal.apply(object)))
        .column("MinPods", HorizontalPodAutoscalers::least)
        .column(TableColumn.text("MaxPods", each -> each.at("/spec/maxReplicas").asInt()))
        .column(TableColumn.text("Replicas", each -> each.at("/status/currentReplicas").asInt()))
        .ageColumn()
        .strategy(strategy)
        .build();
  }

  private static String reference(ObjectNode autoscaler) {
    var target = autoscaler.at("/spec/scaleTargetRef");
    return text(target, "/kind") + "/" + text(target, "/name");
  }

  private static String least(ObjectNode autoscaler) {
    var least = text(autoscaler, "/spec/minReplicas");
    return least.isEmpty() ? "<unset>" : least;
  }
}
