/** Kinds of the group {@code authentication.k8s.io}: questions that are answered, never stored. */
package io.jkube.registry.authentication;
