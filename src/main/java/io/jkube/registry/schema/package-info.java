/**
 * The schema engine: what fields each kind has, and what follows from that: pruning, defaults,
 * unknown fields, merge rules, published OpenAPI documents. Built-in kinds and custom resources go
 * through the same code.
 *
 * <p>Pure functions on trees; loads its data lazily and keeps it.
 */
package io.jkube.registry.schema;
