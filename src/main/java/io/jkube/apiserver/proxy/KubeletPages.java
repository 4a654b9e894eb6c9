package io.jkube.apiserver.proxy;

import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.subresource.KubeletConnection;
import java.util.Set;

/** What kubelets say of their nodes and containers: GET only. */
record KubeletPages(KubeletConnection kubelets) {
  private static final int SUCCESS = 200;
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  /** Of {@code /containerLogs/<namespace>/<pod>/<container>}: an empty word stands before it. */
  private static final int LOG_WORDS = 5;

  Reply answer(ApiRequest request, String node, String path) {
    if (!METHODS.contains(request.method())) {
      throw new ApiException(
          StatusReason.METHOD_NOT_ALLOWED, "the kubelet answers only GET under this path");
    }
    var words = path.split("/");
    if (words.length == LOG_WORDS && words[1].equals("containerLogs")) {
      return new Reply.Stream(
          SUCCESS,
          "text/plain",
          kubelets.containerLogs(node, words[2], words[3], words[4], request.query()));
    }
    var page = kubelets.page(node, path);
    return new Reply.Text(SUCCESS, page.contentType(), page.body(), null);
  }
}
