/**
 * PodDisruptionBudgets: keeps their status, which says how many pods may be evicted now. Whoever
 * evicts (the API server) spends what the status allows; whoever preempts (the scheduler) looks at
 * it. Neither is known here: all meet in the API.
 */
package io.jkube.controller.disruption;
