/**
 * What the components really did with a pod, hop by hop: the source of {@code jkube trace pod}.
 * Every component notes its own hops here as they happen; nothing is derived afterwards. Bounded:
 * the oldest pods are forgotten.
 *
 * <p>Imports {@code io.jkube.api} only; any component may note.
 */
package io.jkube.trace;
