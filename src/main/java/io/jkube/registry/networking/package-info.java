/** The kinds of {@code networking.k8s.io}. */
package io.jkube.registry.networking;
