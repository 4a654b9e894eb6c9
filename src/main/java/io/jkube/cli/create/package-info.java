/** {@code jkube create}: from manifests, or of common kinds by flags. */
package io.jkube.cli.create;
