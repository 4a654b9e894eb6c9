/**
 * Structural schemas: what a CustomResourceDefinition says of the fields of its objects (Kubernetes
 * documentation: "Extend the Kubernetes API with CustomResourceDefinitions").
 *
 * <p>{@link io.jkube.registry.structural.Structural} is the schema, read once; {@code Pruning},
 * {@code Defaulting} and {@code ValueCheck} lay it over objects; {@code MergeSchema} hands what it
 * says of lists and maps to server-side apply. Pure functions on trees, no threads.
 */
package io.jkube.registry.structural;
