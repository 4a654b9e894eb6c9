/**
 * Custom resources: the kind {@link io.jkube.registry.crd.CustomResourceDefinitions} with its
 * rules, and {@link io.jkube.registry.crd.CustomResources}, which makes of one such object the
 * {@link io.jkube.registry.ResourceDefinition}s to serve.
 *
 * <p>Pure functions on trees. Does not know when a definition comes or goes; the server does.
 */
package io.jkube.registry.crd;
