/** The kinds of {@code storage.k8s.io}. */
package io.jkube.registry.storage;
