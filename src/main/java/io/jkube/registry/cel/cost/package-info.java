/**
 * What an expression costs as it is evaluated, and what it can cost at most, by the limits that
 * schemas state ("Resource use by validation functions" in the documentation of Kubernetes): the
 * same figures as upstream's, as they decide which CustomResourceDefinitions are taken.
 *
 * <p>Vocabulary: a <i>size</i> is a number of characters, elements or entries; a <i>cost</i> is
 * counted in steps; {@link io.jkube.registry.cel.cost.Bounded#WITHOUT_END} stands for both where
 * nothing bounds them.
 */
package io.jkube.registry.cel.cost;
