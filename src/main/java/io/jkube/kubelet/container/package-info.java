/**
 * From a pod's words to what the engine is told: command, environment, resources, security, mounts,
 * the sandbox. Pure but for reading ConfigMaps, Secrets and Services; starts nothing, owns no
 * thread. What cannot be said to the engine fails with {@link
 * io.jkube.kubelet.container.ConfigFailure}, whose reason is the container's waiting reason.
 */
package io.jkube.kubelet.container;
