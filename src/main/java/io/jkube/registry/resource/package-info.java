/** The resource.k8s.io group: devices, what there are of them and who has them. */
package io.jkube.registry.resource;
