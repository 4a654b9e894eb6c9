/**
 * The composition root: the one place that knows every part and puts them together, and the bridges
 * between ports that do not know each other.
 */
package io.jkube.cluster;
