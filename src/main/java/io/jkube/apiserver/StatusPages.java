package io.jkube.apiserver;

import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.negotiate.MediaType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * What Jetty answers to requests that never become one of ours (malformed, with a path that two
 * servers could read in two ways, too long): a Status like any other failure.
 */
final class StatusPages extends ErrorHandler {
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      Throwable cause,
      Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, MediaType.JSON);
    Content.Sink.write(response, true, new String(status(code, message)), callback);
  }

  @Override
  public ByteBuffer badMessageError(int code, String reason, HttpFields.Mutable fields) {
    fields.put(new HttpField(HttpHeader.CONTENT_TYPE, MediaType.JSON));
    return ByteBuffer.wrap(status(code, reason));
  }

  private static byte[] status(int code, String message) {
    var reason =
        Arrays.stream(StatusReason.values())
            .filter(known -> known.code() == code && known != StatusReason.UNKNOWN)
            .findFirst();
    var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status
        .put("status", "Failure")
        .put("message", message == null ? HttpStatus.getMessage(code) : message);
    reason.ifPresent(known -> status.put("reason", known.text()));
    return Json.bytes(status.put("code", code));
  }
}
