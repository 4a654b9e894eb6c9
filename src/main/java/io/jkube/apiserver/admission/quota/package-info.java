/**
 * Charges writes against the ResourceQuotas of their namespace ("Resource Quotas" in the
 * documentation of Kubernetes).
 *
 * <p>As upstream, a quota holds from when its status says what is limited, and a write is charged
 * to {@code status.used} before it takes place; the controller brings that down again. Beside that
 * the ledger of the namespace counts what is really there and what is on its way there, so that
 * writes at the same time as the controller counts never come to more than the limit.
 *
 * <p>Locks: one a namespace, held while a write is judged and charged, not while it takes place.
 */
package io.jkube.apiserver.admission.quota;
