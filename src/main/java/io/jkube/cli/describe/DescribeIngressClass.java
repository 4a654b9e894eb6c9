package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.describe.section.Page;

/** A class of ingresses: who serves them, and what tells it how. */
final class DescribeIngressClass implements Describer {
  @Override
  public void describe(ObjectNode ingressClass, Lookup lookup, Page page) {
    page.field(0, "Name", ingressClass.at("/metadata/name").asText());
    page.labels("Labels", ingressClass.at("/metadata/labels"));
    page.annotations(ingressClass.at("/metadata/annotations"));
    page.field(0, "Controller", ingressClass.at("/spec/controller").asText());
    var parameters = ingressClass.at("/spec/parameters");
    if (!parameters.isMissingNode()) {
      page.line(0, "Parameters:");
      page.optional(1, "APIGroup", parameters.path("apiGroup").asText());
      page.field(1, "Kind", parameters.path("kind").asText());
      page.field(1, "Name", parameters.path("name").asText());
    }
  }
}
