package io.jkube.cluster;

import io.jkube.apiserver.FilterChain;
import io.jkube.apiserver.Security;
import io.jkube.apiserver.ServerParts;
import io.jkube.apiserver.authn.StaticTokens;
import io.jkube.apiserver.authn.jwt.SigningKey;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.cluster.pki.ClusterKeys;
import io.jkube.registry.builtin.BuiltinKinds;
import io.jkube.registry.openapi.OpenApiDocuments;
import io.jkube.registry.schema.BuiltinDefinitions;
import io.jkube.registry.schema.SchemaEngine;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;
import java.util.Set;

/** Puts the API together over the store: from here on the parts of this process can use it. */
final class BuildApi implements StartupStep {
  @Override
  public String title() {
    return "Build the API";
  }

  @Override
  public Set<Class<? extends StartupStep>> needs() {
    return Set.of(OpenStore.class, LoadKeys.class);
  }

  @Override
  public void start(Parts parts) {
    var catalog = BuiltinKinds.catalog(parts.clock);
    var definitions = new BuiltinDefinitions();
    var administrator = UserInfo.of("kubernetes-admin", UserInfo.MASTERS);
    parts.chain =
        FilterChain.over(
            new ServerParts(
                parts.store,
                catalog,
                new SchemaEngine(definitions),
                new OpenApiDocuments(catalog, definitions, ClusterVersion.KUBERNETES),
                new Security(
                    new StaticTokens(Map.of(parts.keys.administratorToken(), administrator)),
                    accountKey(parts.keys),
                    Security.Authorization.NODE_AND_RBAC),
                parts.kubelets,
                parts.traces,
                parts.clock,
                ClusterVersion.JKUBE,
                Map.of()));
  }

  private static SigningKey accountKey(ClusterKeys keys) {
    var pair = keys.accountKeys();
    return SigningKey.of((RSAPublicKey) pair.getPublic(), pair.getPrivate());
  }

  @Override
  public void stop(Parts parts) {
    parts.chain.close();
  }
}
