/** Kinds of the group {@code authorization.k8s.io}: questions about rights, never stored. */
package io.jkube.registry.authorization;
