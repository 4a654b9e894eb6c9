/**
 * The admissionregistration.k8s.io group: what has a say in writes. Says nothing about how it is
 * asked.
 */
package io.jkube.registry.admissionregistration;
