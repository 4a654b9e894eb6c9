/**
 * Images for containers: names, pull policies, credentials, pulls and their back-off. A pull runs
 * on a virtual thread of its own, once however many pods wait for it with the same credentials; the
 * pod is told when it is over. Passwords stay in {@code RegistryCredentials}, which does not print
 * them.
 */
package io.jkube.kubelet.image;
