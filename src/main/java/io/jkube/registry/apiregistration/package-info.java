/**
 * The apiregistration.k8s.io group: which group versions are served, and by whom. What another
 * server serves is registered and found unavailable: nothing is forwarded to it yet.
 */
package io.jkube.registry.apiregistration;
