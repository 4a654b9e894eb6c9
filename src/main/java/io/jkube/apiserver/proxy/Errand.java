package io.jkube.apiserver.proxy;

import io.jkube.apiserver.request.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a backend is asked, beside what the client's request says itself.
 *
 * @param target path and query, encoded, as they stand in the request line
 * @param headers in place of the client's of the same names
 * @param hidden how the client's headers begin, in lower case, that stay here; empty for none
 * @param answering what becomes of the answer
 */
public record Errand(
    String target, Map<String, List<String>> headers, String hidden, Answering answering) {
  public Errand {
    Objects.requireNonNull(target, "target");
    headers = Map.copyOf(headers);
    Objects.requireNonNull(hidden, "hidden");
    Objects.requireNonNull(answering, "answering");
  }

  /** Makes a reply of a backend's answer, whose headers are those that may be passed on. */
  @FunctionalInterface
  public interface Answering {
    /** As it is. */
    Answering AS_IS = (head, headers, body) -> new Reply.Proxied(head.status(), headers, body);

    Reply reply(ResponseHead head, Map<String, List<String>> headers, ResponseBody body)
        throws IOException;
  }

  boolean hides(String lowerCaseHeader) {
    return !hidden.isEmpty() && lowerCaseHeader.startsWith(hidden);
  }
}
