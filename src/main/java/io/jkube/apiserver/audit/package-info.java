/**
 * The log of who asked what, and what came of it ("Auditing" in the documentation of Kubernetes): a
 * policy says which requests are noted at which stages, and how much of them.
 *
 * <p>A line is written by the thread of its request, under the log's lock. A log that cannot be
 * written is told once and fails no request.
 */
package io.jkube.apiserver.audit;
