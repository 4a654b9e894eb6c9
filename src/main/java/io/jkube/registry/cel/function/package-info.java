/**
 * The functions that Kubernetes adds to the Common Expression Language (its documentation: "Common
 * Expression Language in Kubernetes"), a file a library: each name with its types and what it does.
 */
package io.jkube.registry.cel.function;
