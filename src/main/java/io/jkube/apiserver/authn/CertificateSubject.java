package io.jkube.apiserver.authn;

import io.jkube.apiserver.request.UserInfo;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** A client certificate's subject as a user: its common name, its organisations as groups. */
final class CertificateSubject {
  private CertificateSubject() {}

  static UserInfo user(X509Certificate certificate) {
    var name = "";
    var groups = new ArrayList<String>();
    try {
      for (var part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        var attributes = part.toAttributes().getAll();
        while (attributes.hasMore()) {
          var attribute = attributes.next();
          switch (attribute.getID().toUpperCase(java.util.Locale.ROOT)) {
            case "CN" -> name = String.valueOf(attribute.get());
            case "O" -> groups.add(String.valueOf(attribute.get()));
            default -> {}
          }
        }
      }
    } catch (InvalidNameException malformed) {
      throw Authenticator.unauthorized();
    } catch (javax.naming.NamingException malformed) {
      throw Authenticator.unauthorized();
    }
    if (name.isEmpty()) {
      throw Authenticator.unauthorized();
    }
    return new UserInfo(name, "", List.copyOf(groups), extra(certificate)).authenticated();
  }

  /** Which of the user's credentials it was, for those who look at the audit log. */
  private static Map<String, List<String>> extra(X509Certificate certificate) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return Map.of(
          "authentication.kubernetes.io/credential-id",
          List.of("X509SHA256=" + HexFormat.of().formatHex(digest)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a parsed certificate has a digest", impossible);
    }
  }
}
