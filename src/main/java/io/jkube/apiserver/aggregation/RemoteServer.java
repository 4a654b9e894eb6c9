package io.jkube.apiserver.aggregation;

import io.jkube.api.stream.Link;
import io.jkube.apiserver.proxy.Backend;
import io.jkube.apiserver.proxy.Errand;
import io.jkube.apiserver.proxy.Exchange;
import io.jkube.apiserver.proxy.Sockets;
import io.jkube.apiserver.proxy.Tls;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.apiserver.webhook.ServiceAddresses;
import io.jkube.apiserver.webhook.Trust;
import io.jkube.apiserver.webhook.WebhookCallException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;

/**
 * The server of one group version.
 *
 * @param own by which it knows that it is we who say whose request it is
 */
record RemoteServer(RemoteApi api, ServiceAddresses services, KeyManager[] own) {
  private static final String IDENTITY_HEADERS = "x-remote-";

  /**
   * Passes a request on, under the name of its user.
   *
   * @throws io.jkube.api.ApiException ServiceUnavailable when the server does not answer
   */
  Reply forward(ApiRequest request, UserInfo user) {
    return exchange(request, user, connected(api.trusting()));
  }

  /** The same, whoever answers: for what is not to be relied on. */
  Reply look(ApiRequest request, UserInfo user) {
    return exchange(request, user, connected(true));
  }

  private Reply exchange(ApiRequest request, UserInfo user, Backend backend) {
    var plain = HttpForm.of(request);
    var headers = IdentityHeaders.of(user);
    headers.put("Host", List.of(api.service().host()));
    var errand =
        new Errand(
            HttpForm.target(plain), Map.copyOf(headers), IDENTITY_HEADERS, Errand.Answering.AS_IS);
    return new Exchange(plain, errand).with(backend);
  }

  private Backend connected(boolean trusting) {
    return () -> connect(trusting);
  }

  private Link connect(boolean trusting) throws IOException {
    try {
      var address = services.find(api.service());
      var tls =
          trusting
              ? Tls.withAnyone(own)
              : new Tls(Trust.in(api.authorities(), own), api.service().host());
      return Sockets.connect(address.getHostString(), address.getPort(), tls);
    } catch (WebhookCallException nobody) {
      throw new IOException(nobody.getMessage(), nobody);
    } catch (GeneralSecurityException unusable) {
      throw new IOException("caBundle: " + unusable.getMessage(), unusable);
    }
  }
}
