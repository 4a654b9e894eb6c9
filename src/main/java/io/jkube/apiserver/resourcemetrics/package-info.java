/**
 * {@code metrics.k8s.io}: what nodes and pods use, out of what their kubelets say at that moment.
 * Serves {@code kubectl top} and the autoscaler; an APIService that names a server of its own for
 * this group takes its place. Holds nothing, and has no threads but those of a request.
 */
package io.jkube.apiserver.resourcemetrics;
