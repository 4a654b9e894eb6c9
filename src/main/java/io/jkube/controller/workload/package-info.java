/**
 * The controllers of workloads: each keeps as many pods, or sets of pods, as one kind of object
 * asks for.
 *
 * <p>They share how pods are claimed ({@link io.jkube.controller.workload.Claims}), made and
 * removed ({@link io.jkube.controller.workload.PodControl}), and judged ({@link
 * io.jkube.controller.workload.PodState}). A copy of the cluster may be behind one's own writes:
 * {@link io.jkube.controller.workload.Expectations} keep a controller from counting on such a copy.
 * No controller sees another.
 */
package io.jkube.controller.workload;
