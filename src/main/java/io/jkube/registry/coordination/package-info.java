/** The kinds of {@code coordination.k8s.io}. */
package io.jkube.registry.coordination;
