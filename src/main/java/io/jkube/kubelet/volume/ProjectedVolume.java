package io.jkube.kubelet.volume;

import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.jkube.kubelet.container.ObjectLookup;
import io.jkube.kubelet.container.PodFacts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Several sources in one folder.
 *
 * <p>The volume {@code kube-api-access-...}, which the API server adds to every pod, holds as much
 * as the server offers: a missing token or root certificate keeps no pod from starting that never
 * asked for them.
 */
record ProjectedVolume(ObjectLookup objects, TokenSource tokens) implements VolumeKind {
  private static final String INJECTED = "kube-api-access-";
  private static final long DEFAULT_EXPIRATION_SECONDS = 3600;

  @Override
  public boolean is(Volume volume) {
    return volume.getProjected() != null;
  }

  @Override
  public String folderName() {
    return "projected";
  }

  /** Whether the API server added it to the pod. */
  static boolean isInjected(Volume volume) {
    return volume.getName().startsWith(INJECTED);
  }

  @Override
  public PodVolume setUp(PodFacts facts, Volume volume, Path folder) {
    var source = volume.getProjected();
    int mode = source.getDefaultMode() == null ? FileSet.DEFAULT_MODE : source.getDefaultMode();
    boolean injected = isInjected(volume);
    var files = new FileSet();
    for (var projection : source.getSources()) {
      add(files, facts, projection, mode, injected);
    }
    files.writeTo(folder);
    return PodVolume.files(folder);
  }

  private void add(
      FileSet files, PodFacts facts, VolumeProjection source, int mode, boolean lenient) {
    var namespace = facts.pod().getMetadata().getNamespace();
    if (source.getConfigMap() != null) {
      var map = source.getConfigMap();
      boolean optional = lenient || Boolean.TRUE.equals(map.getOptional());
      var found = objects.configMap(namespace, map.getName());
      Keys.addTo(files, found, "configmap", map.getName(), map.getItems(), mode, optional);
    } else if (source.getSecret() != null) {
      var secret = source.getSecret();
      boolean optional = Boolean.TRUE.equals(secret.getOptional());
      var found = objects.secret(namespace, secret.getName());
      Keys.addTo(files, found, "secret", secret.getName(), secret.getItems(), mode, optional);
    } else if (source.getDownwardAPI() != null) {
      DownwardFiles.addTo(files, facts, source.getDownwardAPI().getItems(), mode);
    } else if (source.getServiceAccountToken() != null) {
      addToken(files, facts, source.getServiceAccountToken(), mode, lenient);
    } else {
      throw new VolumeFailure(unserved(source));
    }
  }

  /** Sources of objects that v1.35 serves only where its administrator says so. */
  private static String unserved(VolumeProjection source) {
    if (source.getClusterTrustBundle() != null) {
      return "clusterTrustBundle: ClusterTrustBundles are not served, as by default in v1.35";
    }
    return source.getPodCertificate() != null
        ? "podCertificate: PodCertificateRequests are not served, as by default in v1.35"
        : "this source of a projected volume is not supported yet";
  }

  private void addToken(
      FileSet files,
      PodFacts facts,
      ServiceAccountTokenProjection source,
      int mode,
      boolean lenient) {
    var metadata = facts.pod().getMetadata();
    var account = facts.field("spec.serviceAccountName");
    var expiration = source.getExpirationSeconds();
    var token =
        tokens.token(
            new TokenSource.Request(
                metadata.getNamespace(),
                account.isEmpty() ? "default" : account,
                metadata.getName(),
                metadata.getUid(),
                source.getAudience() == null ? "" : source.getAudience(),
                expiration == null ? DEFAULT_EXPIRATION_SECONDS : expiration));
    if (token.isEmpty() && !lenient) {
      throw new VolumeFailure("the API server issues no service account tokens yet");
    }
    token.ifPresent(
        each -> files.add(source.getPath(), each.value().getBytes(StandardCharsets.UTF_8), mode));
  }
}
