/**
 * What upstream's built-in admission plugins do to a pod at its creation, a class each: they are
 * called from {@link io.jkube.registry.Strategy#admitCreate} of the kind, in upstream's order.
 */
package io.jkube.registry.admission;
