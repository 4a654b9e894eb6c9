/**
 * The composition root: the only package that sees every part and puts them together.
 *
 * <p>A {@link io.jkube.cluster.Cluster} is one running server process of one named cluster. {@link
 * io.jkube.cluster.StartupPlan} is the visible list of its steps; each step states what it needs,
 * steps that do not need each other run side by side, and stopping runs the plan backwards. {@link
 * io.jkube.cluster.folder.ClusterFolder} is everything a cluster keeps on disk.
 *
 * <p>Threads: a step runs on a virtual thread of its own; what it puts into {@link
 * io.jkube.cluster.Parts} is seen by the steps that need it. One more looks at the heap now and
 * then ({@link io.jkube.cluster.HeapBound}). Nothing here serves a request or reconciles an object.
 */
package io.jkube.cluster;
