package io.jkube.registry.authorization;

import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.ResourceDefinition.Verb;

/** SelfSubjectRulesReviews: what may I, in a namespace? */
public final class SelfSubjectRulesReviews {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster(
              "authorization.k8s.io", "v1", "SelfSubjectRulesReview", "selfsubjectrulesreviews")
          .verbs(Verb.CREATE)
          .build();

  private SelfSubjectRulesReviews() {}
}
