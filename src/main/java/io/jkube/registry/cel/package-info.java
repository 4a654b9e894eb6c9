/**
 * The Common Expression Language as Kubernetes has it: rules of custom resources, match conditions,
 * admission policies.
 *
 * <p>Shape: {@code CelEnvironment.builder()} takes the variables, each of any type or of a
 * structural schema; {@link io.jkube.registry.cel.CelEnvironment#compile} makes of an expression,
 * and of the type it must have, a {@link io.jkube.registry.cel.CelProgram}; {@link
 * io.jkube.registry.cel.CelProgram#evaluate} takes the variables' values (trees, earlier {@link
 * io.jkube.registry.cel.CelValue}s, or null for an optional that is none) and a {@link
 * io.jkube.registry.cel.CelBudget}, and answers a {@link io.jkube.registry.cel.CelValue}. What is
 * wrong with either is a {@link io.jkube.registry.cel.CelProblem}.
 *
 * <pre>{@code
 * var environment = CelEnvironment.builder().variable("object").variable("oldObject").build();
 * var program = environment.compile("object.spec.replicas <= 5", ResultType.BOOL);
 * boolean holds = program.evaluate(Map.of("object", tree), budget).truth();
 * }</pre>
 *
 * <p>Environments and programs are immutable, thread-safe and worth keeping: the first environment
 * of a process takes about half a second, later ones a few milliseconds. dev.cel is loaded with it
 * and seen nowhere else. What evaluation costs is counted as upstream counts it, and its limits
 * hold; what it can cost at most is estimated ahead: both in {@code cost}. Functions beyond the
 * language are in {@code function}, a file a library.
 */
package io.jkube.registry.cel;
