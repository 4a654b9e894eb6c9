/**
 * What brings the cluster into the state its objects ask for: one {@link
 * io.jkube.controller.runtime.Reconciler} a concern, named and started by {@link
 * io.jkube.controller.ControllerList}.
 *
 * <p>A reconciler reads informers, writes through the client of its own identity, and says when it
 * wants to look again; it neither loops nor retries nor owns a thread. Its {@link
 * io.jkube.controller.runtime.ControllerRunner} does: it owns the informers, the queue and the
 * workers. Controllers do not know each other: they meet in the API only.
 */
package io.jkube.controller;
