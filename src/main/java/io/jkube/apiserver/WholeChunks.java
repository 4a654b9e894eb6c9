package io.jkube.apiserver;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpGenerator;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;

/**
 * An HTTP/1.1 connection that can send chunks whole. Jetty sends the line end behind a chunk when
 * the next one comes; clients that wait for it, such as Python's, would see each event of a watch
 * when the next one happens.
 *
 * <p>The line end goes out in one write with the chunk: who writes puts {@link #END} behind each
 * piece, from {@link #begin} to the end of the answer.
 */
final class WholeChunks extends HttpConnection {
  /** Stands behind each piece, and does not count as content. */
  static final byte[] END = {'\r', '\n'};

  private WholeChunks(HttpConfiguration http, Connector connector, EndPoint endPoint) {
    super(http, connector, endPoint);
  }

  static HttpConnectionFactory factory(HttpConfiguration http) {
    return new HttpConnectionFactory(http) {
      @Override
      public Connection newConnection(Connector connector, EndPoint endPoint) {
        var connection = new WholeChunks(getHttpConfiguration(), connector, endPoint);
        connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
        return configure(connection, connector, endPoint);
      }
    };
  }

  @Override
  protected HttpGenerator newHttpGenerator() {
    return new Generator();
  }

  /**
   * From now on every write is one chunk, if the head that was sent announces chunks.
   *
   * @return whether it is so
   */
  static boolean begin(Connection connection) {
    if (connection instanceof WholeChunks http1
        && http1.getGenerator() instanceof Generator generator
        && generator.isChunking()) {
      generator.whole = true;
      return true;
    }
    return false;
  }

  /** Counts the line end out of the chunk that it stands behind. */
  private static final class Generator extends HttpGenerator {
    private boolean whole;

    @Override
    public void reset() {
      super.reset();
      whole = false;
    }

    @Override
    public Result generateResponse(
        MetaData.Response info,
        boolean head,
        ByteBuffer header,
        ByteBuffer chunk,
        ByteBuffer content,
        boolean last)
        throws IOException {
      int length = BufferUtil.length(content) - END.length;
      if (!whole || last || length <= 0 || !isState(State.COMMITTED)) {
        return super.generateResponse(info, head, header, chunk, content, last);
      }
      if (chunk == null) {
        return Result.NEED_CHUNK;
      }
      BufferUtil.clearToFill(chunk);
      BufferUtil.putHexInt(chunk, length);
      BufferUtil.putCRLF(chunk);
      BufferUtil.flipToFlush(chunk, 0);
      return Result.FLUSH;
    }
  }
}
