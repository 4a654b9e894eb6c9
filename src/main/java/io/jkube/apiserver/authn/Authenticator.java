package io.jkube.apiserver.authn;

import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.Caller;
import io.jkube.apiserver.request.UserInfo;

/**
 * Finds out who a caller is. A client certificate goes before a token; a token nobody knows is
 * refused, not taken for an anonymous request.
 */
public final class Authenticator {
  /** Whom the owner of the socket (and of the cluster's folder) acts as. */
  public static final UserInfo SOCKET_OWNER = UserInfo.of("kubernetes-admin", UserInfo.MASTERS);

  private final TokenAuthenticator tokens;

  public Authenticator(TokenAuthenticator tokens) {
    this.tokens = tokens;
  }

  /**
   * Who it is; {@link UserInfo#ANONYMOUS} for a caller that shows nothing.
   *
   * @throws ApiException Unauthorized for credentials that are not valid
   */
  public UserInfo authenticate(Caller caller) {
    return switch (caller) {
      case Caller.InProcess component -> component.user();
      case Caller.SocketOwner owner -> SOCKET_OWNER;
      case Caller.Remote remote -> remote(remote);
      case Caller.Acting acting -> authenticate(acting.as());
    };
  }

  private UserInfo remote(Caller.Remote remote) {
    if (remote.certificate() != null) {
      return CertificateSubject.user(remote.certificate());
    }
    if (remote.bearerToken() == null) {
      return UserInfo.ANONYMOUS;
    }
    return tokens
        .authenticate(remote.bearerToken(), ApiAudience.AUDIENCES)
        .map(known -> known.user().authenticated())
        .orElseThrow(Authenticator::unauthorized);
  }

  /** Upstream's 401, which does not say why. */
  public static ApiException unauthorized() {
    return new ApiException(StatusReason.UNAUTHORIZED, "Unauthorized");
  }
}
