/**
 * The autoscaling group: HorizontalPodAutoscalers, stored as v2 and served as v1 too. What v1
 * cannot say stands in its annotations.
 */
package io.jkube.registry.autoscaling;
