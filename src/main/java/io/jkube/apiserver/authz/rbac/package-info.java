/**
 * Role-based access control ("Using RBAC Authorization" in the documentation of Kubernetes): what
 * the roles say that bindings give to a user or to one of their groups. Rights only add up; nothing
 * forbids.
 *
 * <p>Roles and bindings are read off the watch caches and taken apart once a revision. Thread-safe.
 */
package io.jkube.apiserver.authz.rbac;
