package io.jkube.cluster.pki;

import io.jkube.cluster.folder.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * The folder {@code pki} of a cluster: makes what is missing, once; renews what is about to expire
 * or no longer names the server; answers what is there otherwise.
 */
public final class KeyFolder {
  static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);
  static final Duration LEAF_VALIDITY = Duration.ofDays(365);

  /** Certificates that end sooner than this are made anew at start. */
  static final Duration RENEW_BEFORE = Duration.ofDays(30);

  private static final int RSA_BITS = 2048;
  private static final String AUTHORITY = "ca";
  private static final String SERVER = "apiserver";
  private static final String ADMINISTRATOR = "admin";
  private static final String TOKEN = "admin.token";

  /** The name that kubeadm gives them: {@code sa.key}, {@code sa.pub}. */
  private static final String ACCOUNTS = "sa";

  /** The names that kubeadm gives them. */
  private static final String FRONT_PROXY_AUTHORITY = "front-proxy-ca";

  private static final String FRONT_PROXY = FrontProxyKeys.CLIENT_NAME;

  private static final int TOKEN_BYTES = 32;

  private final Path folder;
  private final InstantSource clock;
  private final PemFiles files;

  public KeyFolder(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
    this.files = new PemFiles(folder);
  }

  /**
   * @param serverNames DNS names and IP addresses that the server certificate must carry
   * @throws IOException the folder cannot be read or written
   */
  public ClusterKeys load(List<String> serverNames) throws IOException, InterruptedException {
    PrivateFiles.createFolder(folder);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      return new Loading(executor, clock.instant()).load(serverNames);
    } catch (GeneralSecurityException impossible) {
      throw new IOException("making certificates in " + folder, impossible);
    }
  }

  /**
   * What the server shows to other API servers. Not among the rest, as nobody waits for it.
   *
   * @throws IOException the folder cannot be read or written
   */
  public FrontProxyKeys loadFrontProxy() throws IOException, InterruptedException {
    PrivateFiles.createFolder(folder);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      return new Loading(executor, clock.instant()).loadFrontProxy();
    } catch (GeneralSecurityException impossible) {
      throw new IOException("making certificates in " + folder, impossible);
    }
  }

  /**
   * What is there, whatever its age; makes nothing.
   *
   * @throws IOException something is missing or cannot be read
   */
  public ClusterKeys existing() throws IOException {
    return new ClusterKeys(
        existing(AUTHORITY),
        existing(SERVER),
        existing(ADMINISTRATOR),
        Files.readString(folder.resolve(TOKEN)).strip(),
        files
            .readKeys(ACCOUNTS)
            .orElseThrow(
                () -> new NoSuchFileException(folder.resolve(ACCOUNTS + ".key").toString())));
  }

  private Identity existing(String name) throws IOException {
    return files
        .read(name)
        .orElseThrow(() -> new NoSuchFileException(folder.resolve(name + ".crt").toString()));
  }

  /** One run; RSA keys take long to find, so those that may be needed are sought side by side. */
  private final class Loading {
    private final ExecutorService executor;
    private final Instant now;

    Loading(ExecutorService executor, Instant now) {
      this.executor = executor;
      this.now = now;
    }

    ClusterKeys load(List<String> serverNames)
        throws IOException, GeneralSecurityException, InterruptedException {
      var authority = usable(AUTHORITY);
      var server = usable(SERVER, authority, serverNames);
      var administrator = usable(ADMINISTRATOR, authority, List.of());
      var accounts = files.readKeys(ACCOUNTS).orElse(null);
      var authorityKeys = keysUnless(authority);
      var serverKeys = keysUnless(server);
      var administratorKeys = keysUnless(administrator);
      var accountKeys = keysUnless(accounts);
      if (authority == null) {
        authority = Identity.selfSigned(authorityRequest(), await(authorityKeys), now);
        files.write(AUTHORITY, authority);
      }
      if (server == null) {
        server = authority.sign(serverRequest(serverNames), await(serverKeys), now);
        files.write(SERVER, server);
      }
      if (administrator == null) {
        administrator = authority.sign(administratorRequest(), await(administratorKeys), now);
        files.write(ADMINISTRATOR, administrator);
      }
      if (accounts == null) {
        accounts = await(accountKeys);
        files.writeKeys(ACCOUNTS, accounts);
      }
      return new ClusterKeys(authority, server, administrator, token(), accounts);
    }

    FrontProxyKeys loadFrontProxy()
        throws IOException, GeneralSecurityException, InterruptedException {
      var authority = usable(FRONT_PROXY_AUTHORITY);
      var client = usable(FRONT_PROXY, authority, List.of());
      var authorityKeys = keysUnless(authority);
      var clientKeys = keysUnless(client);
      if (authority == null) {
        authority = Identity.selfSigned(frontProxyAuthority(), await(authorityKeys), now);
        files.write(FRONT_PROXY_AUTHORITY, authority);
      }
      if (client == null) {
        client = authority.sign(frontProxyRequest(), await(clientKeys), now);
        files.write(FRONT_PROXY, client);
      }
      return new FrontProxyKeys(authority, client);
    }

    private String token() throws IOException {
      var file = folder.resolve(TOKEN);
      if (!Files.exists(file)) {
        var secret = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(secret);
        PrivateFiles.write(file, Base64.getUrlEncoder().withoutPadding().encode(secret));
      }
      return Files.readString(file).strip();
    }

    private Identity usable(String name) throws IOException {
      return files.read(name).filter(found -> found.isFreshAt(now, RENEW_BEFORE)).orElse(null);
    }

    private Identity usable(String name, Identity authority, List<String> names)
        throws IOException, CertificateParsingException {
      var found = authority == null ? null : usable(name);
      return found != null && isSignedBy(found, authority) && carries(found, names) ? found : null;
    }

    private Future<KeyPair> keysUnless(Object there) {
      return there == null ? executor.submit(generateKeys()) : null;
    }
  }

  private static Callable<KeyPair> generateKeys() {
    return KeyFolder::generate;
  }

  static KeyPair generate() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(RSA_BITS);
    return generator.generateKeyPair();
  }

  private static KeyPair await(Future<KeyPair> keys)
      throws GeneralSecurityException, InterruptedException {
    try {
      return keys.get();
    } catch (ExecutionException failure) {
      throw new GeneralSecurityException("generating an RSA key", failure.getCause());
    }
  }

  private static boolean isSignedBy(Identity identity, Identity authority) {
    try {
      identity.certificate().verify(authority.certificate().getPublicKey());
      return true;
    } catch (GeneralSecurityException foreign) {
      return false;
    }
  }

  private static boolean carries(Identity identity, List<String> names)
      throws CertificateParsingException {
    var carried = identity.certificate().getSubjectAlternativeNames();
    Set<String> found =
        carried == null
            ? Set.of()
            : carried.stream().map(name -> (String) name.get(1)).collect(Collectors.toSet());
    return found.containsAll(new HashSet<>(names));
  }

  private static CertificateRequest authorityRequest() {
    return new CertificateRequest(
        "jkube", "", CertificateRequest.Usage.AUTHORITY, List.of(), AUTHORITY_VALIDITY);
  }

  private static CertificateRequest frontProxyAuthority() {
    return new CertificateRequest(
        FRONT_PROXY_AUTHORITY,
        "",
        CertificateRequest.Usage.AUTHORITY,
        List.of(),
        AUTHORITY_VALIDITY);
  }

  private static CertificateRequest frontProxyRequest() {
    return new CertificateRequest(
        FRONT_PROXY, "", CertificateRequest.Usage.CLIENT, List.of(), LEAF_VALIDITY);
  }

  private static CertificateRequest serverRequest(List<String> names) {
    return new CertificateRequest(
        "kube-apiserver", "", CertificateRequest.Usage.SERVER, names, LEAF_VALIDITY);
  }

  private static CertificateRequest administratorRequest() {
    return new CertificateRequest(
        "kubernetes-admin",
        "system:masters",
        CertificateRequest.Usage.CLIENT,
        List.of(),
        LEAF_VALIDITY);
  }
}
