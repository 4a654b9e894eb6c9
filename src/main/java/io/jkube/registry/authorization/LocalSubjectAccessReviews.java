package io.jkube.registry.authorization;

import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.ResourceDefinition.Verb;

/** LocalSubjectAccessReviews: may they, in this namespace? */
public final class LocalSubjectAccessReviews {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced(
              "authorization.k8s.io", "v1", "LocalSubjectAccessReview", "localsubjectaccessreviews")
          .verbs(Verb.CREATE)
          .build();

  private LocalSubjectAccessReviews() {}
}
