/** The certificates.k8s.io group: requests to sign something, and what became of them. */
package io.jkube.registry.certificates;
