/**
 * Ingresses of class {@code jkube}: a router for HTTP, HTTPS, WebSocket and gRPC in this process,
 * on this machine's own loopback addresses.
 *
 * <p>{@link io.jkube.network.ingress.IngressController} follows ingresses, their classes, services
 * and certificates; from them it makes a {@link io.jkube.network.ingress.RouteTable}, which says
 * which {@link io.jkube.network.ingress.Destination} a host and a path lead to, and the {@link
 * io.jkube.network.ingress.Certificates}. {@link io.jkube.network.ingress.Router} serves by them:
 * it is opened with the first ingress and closed with the last, and nothing of Jetty is loaded
 * before. Bodies are passed on as they come, in both directions, and never held as a whole.
 *
 * <p>Threads: the controller's one virtual thread makes tables; Jetty's few threads serve, and none
 * of them ever waits. What the router reads is immutable and replaced as a whole.
 *
 * <p>It does not rewrite paths, redirect to HTTPS or read other controllers' annotations.
 */
package io.jkube.network.ingress;
