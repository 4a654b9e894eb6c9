/** The policy group: how many pods may be missing at a time by somebody's will. */
package io.jkube.registry.policy;
