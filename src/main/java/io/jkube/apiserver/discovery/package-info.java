/**
 * What the server serves, told to clients: {@code /api}, {@code /apis} and below, plain and
 * aggregated, and {@code /version}. Made of the catalog, and of what other servers say they serve;
 * knows no store.
 */
package io.jkube.apiserver.discovery;
