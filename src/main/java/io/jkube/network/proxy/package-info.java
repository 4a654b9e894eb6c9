/**
 * What is routed where, as plain values: services and slices in, a {@link
 * io.jkube.network.proxy.ServiceTable} out. No packet, no socket, no thread.
 */
package io.jkube.network.proxy;
