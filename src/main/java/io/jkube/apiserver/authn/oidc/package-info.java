/**
 * Users of other issuers (OpenID Connect), as an {@code AuthenticationConfiguration} of {@code
 * apiserver.config.k8s.io} describes them ("Using Authentication Configuration" in the
 * documentation of Kubernetes).
 *
 * <p>An issuer's keys are fetched when its first token comes, on that request's thread, and again
 * when a token names a key that is not among them. Nothing is fetched for tokens of issuers that
 * are not configured. Expressions are compiled when the file is read, which is the only time that
 * CEL is loaded for.
 */
package io.jkube.apiserver.authn.oidc;
