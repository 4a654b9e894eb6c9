package io.jkube.kubelet.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A call of {@code grpc.health.v1.Health/Check} without TLS, in the words of upstream's prober
 * ("Define a gRPC liveness probe").
 *
 * @param service what is asked about; empty for the server as a whole
 */
record GrpcCheck(String host, int port, String service) {
  private static final String PATH = "/grpc.health.v1.Health/Check";
  private static final int SERVING = 1;
  private static final int FIELD_SERVICE = 1 << 3 | 2;
  private static final int FIELD_STATUS = 1 << 3;
  private static final String[] STATUSES = {"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"};
  private static final String[] CODES = {
    "OK",
    "Canceled",
    "Unknown",
    "InvalidArgument",
    "DeadlineExceeded",
    "NotFound",
    "AlreadyExists",
    "PermissionDenied",
    "ResourceExhausted",
    "FailedPrecondition",
    "Aborted",
    "OutOfRange",
    "Unimplemented",
    "Internal",
    "Unavailable",
    "DataLoss",
    "Unauthenticated"
  };
  private static final int UNIMPLEMENTED = 12;

  Checks.Answer ask(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    var address = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    try (var socket = new Socket()) {
      try {
        socket.connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
      } catch (IOException unreachable) {
        var text = "timeout: failed to connect service \"%s\" within %ds: %s";
        return failure(text.formatted(address, timeout.toSeconds(), unreachable.getMessage()));
      }
      return answer(Http2Call.post(socket, address, PATH, request(), deadline));
    } catch (SocketTimeoutException slow) {
      var text = "timeout: health rpc did not complete within %ds";
      return failure(text.formatted(timeout.toSeconds()));
    } catch (IOException broken) {
      return rpcError("Unavailable", broken.getMessage());
    }
  }

  /** A message of one string, behind gRPC's own five bytes. */
  private byte[] request() {
    var message = new ByteArrayOutputStream();
    var name = service.getBytes(StandardCharsets.UTF_8);
    if (name.length > 0) {
      message.write(FIELD_SERVICE);
      int length = name.length;
      for (; length >= 0x80; length >>>= 7) {
        message.write(length | 0x80);
      }
      message.write(length);
      message.writeBytes(name);
    }
    return ByteBuffer.allocate(5 + message.size())
        .put((byte) 0)
        .putInt(message.size())
        .put(message.toByteArray())
        .array();
  }

  private static Checks.Answer answer(Http2Call.Answer answer) {
    var code = code(answer.headers());
    if (code != 0) {
      var message = answer.headers().getOrDefault("grpc-message", "");
      var name = code > 0 && code < CODES.length ? CODES[code] : "Unknown";
      return code == UNIMPLEMENTED
          ? failure(
              "server does not implement the grpc health protocol (grpc.health.v1.Health): "
                  + error(name, message))
          : rpcError(name, message);
    }
    int status = status(answer.body());
    if (status == SERVING) {
      return new Checks.Answer(true, "service healthy");
    }
    var name = status < STATUSES.length ? STATUSES[status] : Integer.toString(status);
    return failure("service unhealthy (responded with \"" + name + "\")");
  }

  /** Negative where nothing says how the call ended: that was no gRPC server. */
  private static int code(Map<String, String> headers) {
    var said = headers.getOrDefault("grpc-status", "");
    return said.matches("\\d{1,3}") ? Integer.parseInt(said) : -1;
  }

  /** A message without the field says zero, as everything of protobuf does. */
  private static int status(byte[] body) {
    boolean told = body.length >= 7 && body[5] == FIELD_STATUS;
    return told ? body[6] & 0x7f : 0;
  }

  private static Checks.Answer rpcError(String code, String message) {
    return failure("error: health rpc probe failed: " + error(code, message));
  }

  private static String error(String code, String message) {
    return "rpc error: code = " + code + " desc = " + message;
  }

  private static Checks.Answer failure(String message) {
    return new Checks.Answer(false, Checks.cut(message));
  }
}
