package io.jkube.apiserver;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;

/** The rest of an answer that comes piece by piece: what was flushed, the client can read. */
final class PromptOutput extends OutputStream {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final Response response;

  private PromptOutput(Response response) {
    this.response = response;
  }

  /** Sends the head of the answer. */
  static OutputStream of(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.flushBuffer();
    var core = ServletContextRequest.getServletContextRequest(request);
    boolean whole = WholeChunks.begin(core.getConnectionMetaData().getConnection());
    return whole
        ? new BufferedOutputStream(new PromptOutput(core.getServletContextResponse()), BUFFER_BYTES)
        : response.getOutputStream();
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    var piece = ByteBuffer.allocate(length + WholeChunks.END.length);
    piece.put(bytes, offset, length).put(WholeChunks.END).flip();
    try (var sent = Blocker.callback()) {
      response.write(false, piece, sent);
      sent.block();
    }
  }
}
