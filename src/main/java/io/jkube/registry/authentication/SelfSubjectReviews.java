package io.jkube.registry.authentication;

import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.ResourceDefinition.Verb;

/** SelfSubjectReviews: who am I? */
public final class SelfSubjectReviews {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster(
              "authentication.k8s.io", "v1", "SelfSubjectReview", "selfsubjectreviews")
          .verbs(Verb.CREATE)
          .build();

  private SelfSubjectReviews() {}
}
