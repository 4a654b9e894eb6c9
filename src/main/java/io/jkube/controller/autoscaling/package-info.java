/**
 * HorizontalPodAutoscalers: how many replicas a target needs by what is measured ({@link
 * io.jkube.controller.autoscaling.MeasuredPods}), how fast it may change ({@link
 * io.jkube.controller.autoscaling.ScalingPace}), and the controller that does both every 15
 * seconds.
 *
 * <p>What a pod uses comes from the API metrics.k8s.io, where somebody serves it; where nobody
 * does, the conditions say so. What was recommended and done lately is remembered in this process
 * only.
 */
package io.jkube.controller.autoscaling;
