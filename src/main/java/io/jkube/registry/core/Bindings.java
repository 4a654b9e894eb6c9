package io.jkube.registry.core;

import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.ResourceDefinition.Verb;

/** Bindings: a pod is given its node; the old way to say what {@code pods/binding} says. */
public final class Bindings {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("", "v1", "Binding", "bindings").verbs(Verb.CREATE).build();

  private Bindings() {}
}
