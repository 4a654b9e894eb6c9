/**
 * An engine in memory: sandboxes and containers are entries in a map, images are names. It runs no
 * program and says so in its version. The kubelet cannot tell it from Docker, so the same behaviour
 * tests run on both, and {@code jkube start --runtime fake} gives a cluster without an engine.
 *
 * <p>A {@link io.jkube.kubelet.runtime.fake.Program} decides what a container would do: print, run
 * for a while, exit. The maps of {@link io.jkube.kubelet.runtime.fake.FakeRuntime} are guarded by
 * the runtime itself; listeners are called without that lock, one event at a time, on the one
 * thread of the {@link io.jkube.kubelet.runtime.fake.FakeEngine} that all nodes share.
 */
package io.jkube.kubelet.runtime.fake;
