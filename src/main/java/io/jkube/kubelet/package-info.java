/**
 * The kubelet: makes the pods bound to its node real, and says of them what is true.
 *
 * <p>Pods come from the API server by a watch; a {@code PodWorker}, one virtual thread a pod,
 * compares what a pod should be with what the engine has and makes the next step. The engine's
 * event stream drives; a slow relist only corrects. What the engine holds (labels tell whose it is)
 * is the only memory: a kubelet that comes back takes running containers over and removes what
 * belongs to no pod.
 *
 * <p>Where no cluster DNS address is configured, dnsPolicy {@code ClusterFirst} falls back to the
 * engine's own resolver.
 *
 * <p>Talks to the API server and to the {@link io.jkube.kubelet.runtime.ContainerRuntime} only.
 */
package io.jkube.kubelet;
