/**
 * ValidatingAdmissionPolicies: rules for writes in CEL, without a webhook ("Validating Admission
 * Policy" in the documentation of Kubernetes).
 *
 * <p>Vocabulary: a {@link io.jkube.apiserver.admission.policy.Policy} says what must hold, a {@link
 * io.jkube.apiserver.admission.policy.Binding} of it for whom, with which parameters, and what
 * becomes of a write for which it does not. Both are read once and kept until one of their kind
 * changes; expressions are compiled when they are first needed.
 */
package io.jkube.apiserver.admission.policy;
