package io.jkube.registry.authentication;

import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.ResourceDefinition.Verb;

/** TokenReviews: whose token is this? */
public final class TokenReviews {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster("authentication.k8s.io", "v1", "TokenReview", "tokenreviews")
          .verbs(Verb.CREATE)
          .build();

  private TokenReviews() {}
}
