/**
 * Decides for kubelets: each gets what the pods bound to its node need, and nothing else ("Using
 * Node Authorization" in the documentation of Kubernetes). Its other half, which looks at bodies,
 * is the admission plugin NodeRestriction.
 */
package io.jkube.apiserver.authz.node;
