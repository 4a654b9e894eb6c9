/**
 * Decides whether a write may take place that authorisation lets through: by who asks, by what is
 * written, by what else is there. One file a plugin, one line in {@link
 * io.jkube.apiserver.admission.BuiltInPlugins}.
 *
 * <p>Plugins are asked in that order, on the request's thread, after the kind's own hooks and
 * before validation; each may change the object or refuse it. Thread-safe.
 */
package io.jkube.apiserver.admission;
