/**
 * Which nodes pods may be on, as the API words it: node selectors, node affinity, taints and what
 * tolerates them. Pure values, read from specs; used by whoever places pods.
 */
package io.jkube.api.placement;
