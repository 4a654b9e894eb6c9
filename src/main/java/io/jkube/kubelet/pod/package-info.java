/**
 * One pod on this node: its worker, what is known of its sandbox and containers, what to do next,
 * and the status that says so.
 *
 * <p>A {@code PodWorker} is one virtual thread with an inbox; everything it knows is confined to
 * it. {@code PodPlan} decides from what is what comes next, without side effects; {@code
 * PodStatusTree} says what is in the API's words, likewise. The {@code StatusWriter} has a thread
 * of its own only while there is something to write; the newest status wins.
 *
 * <p>A worker never blocks on a pull, a stop or a hook: those have threads of their own and come
 * back through the inbox.
 */
package io.jkube.kubelet.pod;
