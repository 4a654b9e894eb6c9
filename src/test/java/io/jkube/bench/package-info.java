/**
 * The benchmark program of {@code bin/bench}: the figures that jkube promises, each beside a floor
 * or a peer measured in the same run.
 *
 * <p>A {@link io.jkube.bench.Figure} measures; what it found is a list of {@link
 * io.jkube.bench.Finding}s, medians with their {@link io.jkube.bench.Target}. What it measures on
 * is a {@link io.jkube.bench.Lab}: a folder, a kubeconfig and clusters of its own on free ports,
 * all of which are gone afterwards. Pairs are measured in turns, so that what disturbs the machine
 * disturbs both.
 *
 * <p>The main thread measures; load comes from {@code wrk} or from virtual threads. Nothing here is
 * a test: a figure that misses its target is reported, it breaks no build.
 */
package io.jkube.bench;
