/**
 * Finds what a command line means: kinds by the server's discovery, objects by type and name or by
 * manifest, the namespace by flag or kubeconfig.
 *
 * <p>No list of kinds is kept here; whatever the server serves is known.
 */
package io.jkube.cli.resource;
