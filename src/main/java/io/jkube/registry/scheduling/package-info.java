/** The kinds of {@code scheduling.k8s.io}. */
package io.jkube.registry.scheduling;
