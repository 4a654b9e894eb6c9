/**
 * The rules of scheduling, one class each, named and worded as Kubernetes names and words them.
 * None sees another; {@link io.jkube.scheduler.PluginList} puts them in order.
 */
package io.jkube.scheduler.plugin;
