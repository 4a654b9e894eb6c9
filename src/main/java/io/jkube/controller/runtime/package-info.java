/**
 * What every controller is made of: a {@link io.jkube.controller.runtime.Reconciler} that is called
 * with a name and brings what it stands for a step nearer to what it should be, and the {@link
 * io.jkube.controller.runtime.ControllerRunner} that owns its threads, its queue and the retries.
 *
 * <p>Knows no controller.
 */
package io.jkube.controller.runtime;
