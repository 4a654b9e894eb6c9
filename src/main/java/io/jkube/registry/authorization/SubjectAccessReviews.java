package io.jkube.registry.authorization;

import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.ResourceDefinition.Verb;

/** SubjectAccessReviews: may they? */
public final class SubjectAccessReviews {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster(
              "authorization.k8s.io", "v1", "SubjectAccessReview", "subjectaccessreviews")
          .verbs(Verb.CREATE)
          .build();

  private SubjectAccessReviews() {}
}
