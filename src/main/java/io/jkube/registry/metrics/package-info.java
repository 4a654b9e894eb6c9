/**
 * The metrics.k8s.io group: what nodes and pods use. Asked for, never stored; its kinds stand in no
 * catalog, as another server may serve them instead.
 */
package io.jkube.registry.metrics;
