package io.jkube.registry.authorization;

import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.ResourceDefinition.Verb;

/** SelfSubjectAccessReviews: may I? */
public final class SelfSubjectAccessReviews {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster(
              "authorization.k8s.io", "v1", "SelfSubjectAccessReview", "selfsubjectaccessreviews")
          .verbs(Verb.CREATE)
          .build();

  private SelfSubjectAccessReviews() {}
}
