/**
 * What the server itself finds out about admission policies when they change: whether their
 * expressions fit the kinds they are about.
 *
 * <p>Threads: one follows the policies and writes their status.
 */
package io.jkube.apiserver.policy;
