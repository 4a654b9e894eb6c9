/**
 * The apiregistration.k8s.io group: which group versions are served, and by whom, and where they
 * stand in discovery.
 */
package io.jkube.registry.apiregistration;
