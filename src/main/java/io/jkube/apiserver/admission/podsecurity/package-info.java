/**
 * Holds pods to the Pod Security Standards that the labels of their namespace name ("Pod Security
 * Admission" in the documentation of Kubernetes): enforced for pods, told of in warnings and in the
 * audit log also for what makes pods.
 *
 * <p>Vocabulary: a {@link io.jkube.apiserver.admission.podsecurity.LevelVersion} is a standard as
 * of a version of Kubernetes; a {@link io.jkube.apiserver.admission.podsecurity.Finding} is one
 * rule that a pod breaks. Pure but for the look at namespaces and, when a namespace gets stricter,
 * at its pods.
 */
package io.jkube.apiserver.admission.podsecurity;
