/**
 * The little of X.509 (RFC 5280) and PKCS#10 (RFC 2986) that a cluster's authority needs, on public
 * classes of the JDK: requests taken apart, certificates written.
 *
 * <p>DER is the encoding of both. No chains, no revocation: the JDK verifies what clients show.
 */
package io.jkube.api.x509;
