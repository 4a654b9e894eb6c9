package io.jkube.apiserver.fairness;

/**
 * Where a request was put.
 *
 * @param schemaUid of the FlowSchema; empty for one that is not stored yet
 * @param levelUid of its PriorityLevelConfiguration; likewise
 */
public record Flow(String schemaUid, String levelUid) {}
