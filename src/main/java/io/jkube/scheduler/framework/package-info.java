/**
 * What scheduling is made of: {@link io.jkube.scheduler.framework.PodInfo} and {@link
 * io.jkube.scheduler.framework.NodeInfo}, read once out of their objects, and the extension points
 * a plugin implements. Words are those of "Scheduling Framework" in Kubernetes' documentation.
 *
 * <p>Values only, immutable; plugins may keep nothing between calls. Knows no plugin, no queue, no
 * client.
 */
package io.jkube.scheduler.framework;
