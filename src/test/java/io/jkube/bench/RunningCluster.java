package io.jkube.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.client.ApiCall;
import io.jkube.client.HttpsTransport;
import io.jkube.client.TlsIdentity;
import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.ServerRecord;
import io.jkube.cluster.pki.ClusterKeys;
import io.jkube.cluster.pki.KeyFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** A cluster of the lab that runs, and a way to its API over TLS as the administrator. */
final class RunningCluster implements AutoCloseable {
  private final Lab lab;
  private final ClusterFolder folder;
  private final ServerRecord server;
  private final ClusterKeys keys;
  private final HttpsTransport api;

  private RunningCluster(Lab lab, ClusterFolder folder, ServerRecord server, ClusterKeys keys)
      throws GeneralSecurityException {
    this.lab = lab;
    this.folder = folder;
    this.server = server;
    this.keys = keys;
    this.api = new HttpsTransport(URI.create(server.url()), tls(), "");
  }

  static RunningCluster of(String name, Path path, Lab lab) throws IOException {
    var folder = new ClusterFolder(name, path);
    var server =
        ServerRecord.ofRunning(folder)
            .orElseThrow(() -> new IOException("cluster " + name + " does not run"));
    var keys = new KeyFolder(folder.keys(), InstantSource.system()).existing();
    try {
      return new RunningCluster(lab, folder, server, keys);
    } catch (GeneralSecurityException unusable) {
      throw new IOException("the keys of cluster " + name, unusable);
    }
  }

  String name() {
    return folder.name();
  }

  String url() {
    return server.url();
  }

  int port() {
    return server.port();
  }

  long pid() {
    return server.pid();
  }

  /** The token of the administrator. */
  String token() {
    return keys.administratorToken();
  }

  ClusterFolder folder() {
    return folder;
  }

  /** Trusts the server and shows the administrator's certificate. */
  SSLContext tls() throws GeneralSecurityException {
    return TlsIdentity.of(
        keys.authorityPem(), keys.administratorCertificatePem(), keys.administratorKeyPem());
  }

  HttpsTransport api() {
    return api;
  }

  ObjectNode send(String method, String path, JsonNode body) {
    return api.send(ApiCall.of(method, path, Map.of(), body));
  }

  /** Deletes whatever a collection holds, at once. */
  void clear(String path) {
    api.send(ApiCall.of("DELETE", path, Map.of("gracePeriodSeconds", List.of("0")), null));
  }

  @Override
  public void close() throws IOException {
    api.close();
    lab.delete(folder.name());
  }
}
