/**
 * What there is to say about pods and pod templates: defaults, validation, how a pod's state reads
 * in one word, its quality of service. Used by {@code Pods} and by every kind that holds a pod
 * template.
 */
package io.jkube.registry.pod;
