package io.jkube.apiserver;

import io.jkube.apiserver.authn.TokenAuthenticator;
import io.jkube.apiserver.authn.account.AccountTokens;
import io.jkube.apiserver.authn.account.TokenRequests;
import io.jkube.registry.StoredObjects;
import java.time.InstantSource;
import java.util.List;

/**
 * Everything that tells or makes identities.
 *
 * @param tokens all that are known
 * @param accounts those of service accounts; null on a server without a key for them
 * @param tokenRequests issues them; null likewise
 */
record Identities(TokenAuthenticator tokens, AccountTokens accounts, TokenRequests tokenRequests) {
  static Identities of(Security security, StoredObjects objects, InstantSource clock) {
    if (security.accountKey() == null) {
      return new Identities(security.tokens(), null, null);
    }
    var accounts = new AccountTokens(security.accountKey(), objects, clock);
    return new Identities(
        TokenAuthenticator.firstOf(List.of(accounts, security.tokens())),
        accounts,
        new TokenRequests(accounts, objects, clock));
  }
}
