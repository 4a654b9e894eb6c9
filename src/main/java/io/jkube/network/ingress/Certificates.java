package io.jkube.network.ingress;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.X509ExtendedKeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which certificate a client is shown: that of a secret for the host it asks for, else one made for
 * that host when a rule names it, else that of {@code localhost}. An alias is a host's name.
 * Thread-safe.
 */
final class Certificates extends X509ExtendedKeyManager {
  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
  private static final String OTHERS = "localhost";

  private final CertificateAuthority authority;

  /** By host; only of hosts that a rule named, so that nobody fills it. */
  private final Map<String, ServerIdentity> made = new ConcurrentHashMap<>();

  private volatile Map<String, ServerIdentity> given = Map.of();
  private volatile Predicate<String> isKnown = host -> false;

  Certificates(CertificateAuthority authority) {
    this.authority = authority;
  }

  /**
   * @param given by host, or {@code *.domain}; empty for all hosts
   * @param isKnown whether a rule names a host
   */
  void update(Map<String, ServerIdentity> given, Predicate<String> isKnown) {
    this.given = Map.copyOf(given);
    this.isKnown = isKnown;
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    var host = asked(engine);
    var alias = given.containsKey("") || isKnown.test(host) || !at(host).isEmpty() ? host : OTHERS;
    var identity = identity(alias);
    boolean fits = identity != null && keyType.startsWith(identity.key().getAlgorithm());
    return fits ? alias : null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    var identity = identity(alias);
    return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    var identity = identity(alias);
    return identity == null ? null : identity.key();
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return given.keySet().toArray(String[]::new);
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return null; // engines only
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return new String[0];
  }

  @Override
  public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    return null; // no client
  }

  private static String asked(SSLEngine engine) {
    if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
      for (SNIServerName name : session.getRequestedServerNames()) {
        if (name.getType() == StandardConstants.SNI_HOST_NAME) {
          return new SNIHostName(name.getEncoded()).getAsciiName();
        }
      }
    }
    return OTHERS;
  }

  /** The name under which a certificate for this host was given; empty for none of its own. */
  private String at(String host) {
    return RouteTable.names(host).stream().filter(given::containsKey).findFirst().orElse("");
  }

  private ServerIdentity identity(String host) {
    var own = given.get(at(host));
    return own != null ? own : made.computeIfAbsent(host, this::make);
  }

  private ServerIdentity make(String host) {
    try {
      return authority.issue(host);
    } catch (GeneralSecurityException failure) {
      LOG.warn("no certificate for {}", host, failure);
      return null;
    }
  }
}
