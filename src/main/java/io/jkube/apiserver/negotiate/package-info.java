/**
 * Formats: what a request's body holds, and as what the client wants to see the answer (the object
 * itself, a table, metadata only; JSON, YAML or protobuf).
 *
 * <p>No threads, no state.
 */
package io.jkube.apiserver.negotiate;
