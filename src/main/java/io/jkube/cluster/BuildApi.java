package io.jkube.cluster;

import io.jkube.apiserver.FilterChain;
import io.jkube.apiserver.Security;
import io.jkube.apiserver.ServerParts;
import io.jkube.apiserver.audit.AuditLog;
import io.jkube.apiserver.audit.AuditPolicy;
import io.jkube.apiserver.authn.AnonymousAccess;
import io.jkube.apiserver.authn.StaticTokens;
import io.jkube.apiserver.authn.TokenAuthenticator;
import io.jkube.apiserver.authn.TokenFile;
import io.jkube.apiserver.authn.jwt.SigningKey;
import io.jkube.apiserver.authn.oidc.OidcFlags;
import io.jkube.apiserver.authn.oidc.OidcTokens;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.cluster.folder.PrivateFiles;
import io.jkube.cluster.pki.ClusterKeys;
import io.jkube.registry.builtin.BuiltinKinds;
import io.jkube.registry.openapi.OpenApiDocuments;
import io.jkube.registry.schema.BuiltinDefinitions;
import io.jkube.registry.schema.SchemaEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.interfaces.RSAPublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

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
  public void start(Parts parts) throws StartupFailure {
    parts.audit = audit(parts);
    var catalog = BuiltinKinds.catalog(parts.clock);
    var definitions = new BuiltinDefinitions();
    parts.chain =
        FilterChain.over(
            new ServerParts(
                parts.store,
                catalog,
                new SchemaEngine(definitions),
                new OpenApiDocuments(catalog, definitions, ClusterVersion.KUBERNETES),
                security(parts),
                parts.kubelets,
                parts.traces,
                parts.clock,
                ClusterVersion.JKUBE,
                Map.of(),
                () -> parts.policyObstacle));
  }

  private static Security security(Parts parts) throws StartupFailure {
    TokenAuthenticator known = new StaticTokens(tokens(parts));
    Supplier<AnonymousAccess> anonymous = () -> AnonymousAccess.HEALTH_AND_VERSION;
    parts.authentication = authentication(parts);
    if (parts.authentication != null) {
      known = TokenAuthenticator.firstOf(List.of(known, parts.authentication));
      anonymous = parts.authentication::anonymous;
    }
    if (!parts.settings.oidc().isEmpty()) {
      known = TokenAuthenticator.firstOf(List.of(known, issuer(parts)));
    }
    return new Security(
        known,
        accountKey(parts.keys),
        Security.Authorization.NODE_AND_RBAC,
        parts.audit,
        anonymous);
  }

  /** Null when no file says anything. */
  private static AuthenticationFile authentication(Parts parts) throws StartupFailure {
    var key = "authentication-config";
    return new ServerFiles(parts.settings)
        .read(
            key,
            text ->
                AuthenticationFile.of(parts.settings.file(key).orElseThrow(), parts.clock, text),
            null);
  }

  /** The one that flags describe. */
  private static TokenAuthenticator issuer(Parts parts) throws StartupFailure {
    var authority =
        new ServerFiles(parts.settings).read(OidcFlags.CA_FILE, Function.identity(), "");
    try {
      var configuration = OidcFlags.configuration(parts.settings.oidc(), authority);
      return new OidcTokens(configuration.issuers(), parts.clock);
    } catch (IllegalArgumentException wrong) {
      throw new StartupFailure(StartupFailure.Kind.OTHER, wrong.getMessage(), wrong);
    }
  }

  private static Map<String, UserInfo> tokens(Parts parts) throws StartupFailure {
    var users =
        new HashMap<>(
            new ServerFiles(parts.settings)
                .read("token-auth-file", TokenFile::parse, Map.<String, UserInfo>of()));
    users.put(parts.keys.administratorToken(), UserInfo.of("kubernetes-admin", UserInfo.MASTERS));
    return users;
  }

  /** Null when nothing is to be noted. */
  private static AuditLog audit(Parts parts) throws StartupFailure {
    var policy =
        new ServerFiles(parts.settings).read("audit-policy-file", AuditPolicy::parse, null);
    var path = parts.settings.file("audit-log-path");
    if (policy == null && path.isEmpty()) {
      return null;
    }
    if (policy == null || path.isEmpty()) {
      throw new StartupFailure(
          StartupFailure.Kind.OTHER, "--audit-policy-file and --audit-log-path go together", null);
    }
    try {
      if (path.get().getParent() != null) {
        PrivateFiles.createFolder(path.get().getParent());
      }
      PrivateFiles.createFile(path.get());
      var out = Files.newOutputStream(path.get(), StandardOpenOption.APPEND);
      return new AuditLog(policy, out, parts.clock);
    } catch (IOException unwritable) {
      throw new StartupFailure(
          StartupFailure.Kind.OTHER, "--audit-log-path: " + unwritable, unwritable);
    }
  }

  private static SigningKey accountKey(ClusterKeys keys) {
    var pair = keys.accountKeys();
    return SigningKey.of((RSAPublicKey) pair.getPublic(), pair.getPrivate());
  }

  @Override
  public void stop(Parts parts) throws IOException {
    parts.chain.close();
    if (parts.authentication != null) {
      parts.authentication.close();
    }
    if (parts.audit != null) {
      parts.audit.close();
    }
  }
}
