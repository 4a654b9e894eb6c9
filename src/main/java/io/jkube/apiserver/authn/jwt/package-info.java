/**
 * JSON Web Tokens in the compact form, signed with RSA or ECDSA (RFC 7515, 7518, 7519), on the
 * JDK's own signatures.
 *
 * <p>The algorithm that a token names is taken only where it goes with the kind and strength of the
 * verifier's own key: there is none without a key, and none with a shared secret. No encryption, no
 * other serialisations. Everything here is immutable.
 */
package io.jkube.apiserver.authn.jwt;
