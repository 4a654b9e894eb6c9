/**
 * What kinds there are and what is particular to each: data first ({@link
 * io.jkube.registry.ResourceDefinition}), hooks second ({@link io.jkube.registry.Strategy}). {@link
 * io.jkube.registry.ResourceCatalog} is the one explicit list.
 *
 * <p>Pure functions on trees: no store, no clock but what a hook is handed, no threads. The API
 * server calls; nothing here calls it.
 */
package io.jkube.registry;
