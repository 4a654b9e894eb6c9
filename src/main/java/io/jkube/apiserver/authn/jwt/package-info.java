/**
 * JSON Web Tokens in the compact form, signed with RS256 (RFC 7515, 7518, 7519), on the JDK's own
 * signatures.
 *
 * <p>The algorithm is never taken from the token: a token that names any other than its verifier's
 * is not a token. No encryption, no other serialisations. Everything here is immutable.
 */
package io.jkube.apiserver.authn.jwt;
