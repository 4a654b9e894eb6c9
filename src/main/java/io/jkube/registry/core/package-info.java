/**
 * The kinds of the core group ({@code v1}), a file each: names, columns and hooks. What pods need
 * beyond that is in {@link io.jkube.registry.pod}.
 */
package io.jkube.registry.core;
