/**
 * Who stands behind a Service: EndpointSlices of pods that a selector finds, Endpoints of the same
 * for older clients, and slices that mirror Endpoints made by hand. Names, labels and owners are
 * upstream's, so that whoever reads slices (proxy, DNS, ingress, operators) finds them.
 *
 * <p>An <em>endpoint</em> is one pod (or address) with its conditions; endpoints with the same
 * ports share slices of at most a hundred. A change rewrites only the slices it is in. Nothing here
 * routes a packet.
 */
package io.jkube.controller.endpoint;
