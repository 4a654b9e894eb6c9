package io.jkube.apiserver.authn;

import java.util.List;

/** The name under which tokens are meant for this API server, and under which it issues them. */
public final class ApiAudience {
  /** What kubeadm sets {@code --service-account-issuer} to. */
  public static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

  public static final List<String> AUDIENCES = List.of(ISSUER);

  private ApiAudience() {}
}
