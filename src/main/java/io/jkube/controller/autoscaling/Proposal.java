package io.jkube.controller.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What one metric calls for.
 *
 * @param metric in the words of the conditions
 * @param status of {@code currentMetrics}
 */
record Proposal(int replicas, String metric, ObjectNode status) {}
