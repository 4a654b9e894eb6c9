/** The kinds of {@code apps}. */
package io.jkube.registry.apps;
