/**
 * Other API servers behind this one: an APIService with a Service makes {@code
 * /apis/<group>/<version>} theirs. {@link io.jkube.apiserver.aggregation.Aggregator} follows the
 * APIServices, looks whether the servers answer and passes requests on, watches and upgrades too.
 *
 * <p>Words: what is <em>local</em> is served here, what is <em>remote</em> by a server in the
 * cluster. Who asks was authenticated and authorised here before; the other server is told in the
 * headers {@code X-Remote-*}, and believes them because of the certificate that it is shown (the
 * front proxy's, whose authority stands in the ConfigMap {@code
 * kube-system/extension-apiserver-authentication}).
 *
 * <p>Threads: one that looks and writes ({@code aggregator}), and one for each kind that is
 * followed: APIServices always, Services and EndpointSlices from the first remote one on. Requests
 * read one volatile state. Nothing runs before {@code start}.
 */
package io.jkube.apiserver.aggregation;
