package io.jkube.apiserver.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.stream.Link;
import io.jkube.apiserver.request.Conversation;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries bytes between a client and a process until one of them is done.
 *
 * @param options what the client asked for; an empty command for attach
 * @param start starts the process, once the client is ready for it
 */
record CommandConversation(
    CommandProtocol protocol, CommandOptions options, Supplier<RemoteProcess> start)
    implements Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(CommandConversation.class);

  /**
   * So long a client may take to read what it was told last. To close at once, with input unread,
   * would make its system throw that away.
   */
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  @Override
  public void over(Link link) {
    try {
      var client = protocol.meet(link, options);
      new Carriage(client, Thread.currentThread()).run();
    } catch (IOException gone) {
      LOG.debug("the client of a command is gone: {}", gone.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** The two directions. */
  private final class Carriage {
    private final CommandClient client;
    private final Thread sender;
    private boolean over;
    private boolean gone;

    Carriage(CommandClient client, Thread sender) {
      this.client = client;
      this.sender = sender;
    }

    void run() throws IOException, InterruptedException {
      var input = new CommandInput();
      var receiver =
          Thread.ofVirtual().name("stream-input").unstarted(() -> receive(client, input));
      ObjectNode status;
      try (var process = start.get()) {
        input.to(process);
        receiver.start();
        status = send(process);
      } catch (ApiException refused) {
        receiver.start();
        status = refused.status();
      }
      if (endsHere()) {
        client.end(status);
        receiver.join(GOODBYE);
      }
    }

    private void receive(CommandClient client, CommandInput input) {
      try {
        client.receive(input);
      } catch (IOException lost) {
        LOG.debug("the client of a command is gone: {}", lost.getMessage());
      } finally {
        clientGone(input);
      }
    }

    private ObjectNode send(RemoteProcess process) throws IOException {
      try {
        for (var output = process.next(); output != null; output = process.next()) {
          if (output.stderr()) {
            client.stderr(output.bytes());
          } else {
            client.stdout(output.bytes());
          }
        }
        return options.command().isEmpty() || isGone()
            ? CommandStatus.success()
            : CommandStatus.exited(options.command(), process.awaitExit());
      } catch (ApiException failure) {
        return failure.status();
      }
    }

    private synchronized boolean isGone() {
      return gone;
    }

    /** The process is done: whether there is a client to tell. */
    private synchronized boolean endsHere() {
      over = true;
      return !gone;
    }

    /** The interrupt ends a wait for the process's exit. */
    private void clientGone(CommandInput input) {
      synchronized (this) {
        if (over) {
          return;
        }
        gone = true;
        sender.interrupt();
      }
      input.close();
    }
  }
}
