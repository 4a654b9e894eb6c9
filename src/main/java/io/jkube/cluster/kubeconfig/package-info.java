/**
 * The cluster's entry in the person's kubeconfig: merged at start, removed at delete.
 *
 * <p>A kubeconfig belongs to its person. It is edited as YAML nodes, so that entries, fields,
 * quotes and comments that are not ours stay as they are; under kubectl's own lock ({@code
 * <file>.lock}); replaced in one step; and never overwritten when it cannot be read. An entry of
 * the same name that jkube did not make is not touched.
 */
package io.jkube.cluster.kubeconfig;
