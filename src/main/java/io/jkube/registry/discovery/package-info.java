/** The kinds of {@code discovery.k8s.io}. */
package io.jkube.registry.discovery;
