/** The kinds of {@code node.k8s.io}. */
package io.jkube.registry.node;
