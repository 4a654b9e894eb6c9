/**
 * What objects use of what a ResourceQuota limits ("Resource Quotas" in the documentation of
 * Kubernetes): the one arithmetic that admission charges by and the controller counts by. Pure
 * functions over trees, but for the time at which a deleted pod stops to count.
 *
 * <p>Vocabulary: amounts are keyed by the names that stand in {@code spec.hard}: {@code pods},
 * {@code requests.cpu}, {@code count/deployments.apps}, {@code
 * gold.storageclass.storage.k8s.io/requests.storage}.
 */
package io.jkube.api.quota;
