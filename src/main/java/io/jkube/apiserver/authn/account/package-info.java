/**
 * Service account tokens: issued by {@code serviceaccounts/token}, bound to an object and an
 * audience, believed for as long as their account and that object are there ("Managing Service
 * Accounts" in the documentation of Kubernetes).
 *
 * <p>A token's signature is checked once and remembered; everything that can change (time, account,
 * bound object) is asked again each time. Thread-safe.
 */
package io.jkube.apiserver.authn.account;
