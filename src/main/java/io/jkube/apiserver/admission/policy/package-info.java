/**
 * Admission policies: rules for writes and changes to them in CEL, without a webhook ("Validating
 * Admission Policy" and "Mutating Admission Policy" in the documentation of Kubernetes).
 *
 * <p>Vocabulary: a {@link io.jkube.apiserver.admission.policy.Policy} says what must hold ({@link
 * io.jkube.apiserver.admission.policy.Validations}) or what is changed ({@link
 * io.jkube.apiserver.admission.policy.Mutations}), a {@link
 * io.jkube.apiserver.admission.policy.Binding} of it for whom, with which parameters, and what
 * becomes of a write for which a rule does not hold; an invocation is one policy by one binding
 * with one object of parameters. Policies and bindings are read once and kept until one of their
 * kind changes; expressions are read when they are first needed.
 *
 * <p>Threads: all on the request's.
 */
package io.jkube.apiserver.admission.policy;
