/** Kinds of the group {@code rbac.authorization.k8s.io}: who may do what. */
package io.jkube.registry.rbac;
