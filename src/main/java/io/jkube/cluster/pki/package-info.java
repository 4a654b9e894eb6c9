/**
 * The cluster's keys and certificates: an authority of its own, a server certificate for the API, a
 * client certificate for the administrator. RSA 2048, because Java clients fail on EC keys in
 * kubeconfigs.
 *
 * <p>Certificates are written in DER by hand on the JDK's public API; no library is faster or
 * smaller for the three shapes needed here. Keys are files of mode 0600, and nothing here prints
 * them.
 */
package io.jkube.cluster.pki;
