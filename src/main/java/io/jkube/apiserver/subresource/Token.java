package io.jkube.apiserver.subresource;

import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.authn.account.TokenRequests;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.negotiate.BodyReader;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.TreeDocument;

/**
 * POST of {@code serviceaccounts/token}: issues a token of the account.
 *
 * @param requests null on a server without a key to sign with
 */
public record Token(Mutations mutations, TokenRequests requests) implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var request = BodyReader.object(call);
    mutations.check(call, TokenRequests.KIND, request);
    var name = request.at("/metadata/name").asText();
    if (!name.isEmpty() && !name.equals(call.info().name())) {
      throw ApiException.badRequest(
          "the name of the object ("
              + name
              + ") does not match the name on the URL ("
              + call.info().name()
              + ")");
    }
    if (requests == null) {
      throw new ApiException(
          StatusReason.NOT_IMPLEMENTED, "this server has no key to sign tokens with");
    }
    mutations.admitSubresource(call, request);
    return call.created(new TreeDocument(requests.answer(call.key(), request)));
  }
}
