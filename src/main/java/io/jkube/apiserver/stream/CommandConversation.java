package io.jkube.apiserver.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.stream.Link;
import io.jkube.apiserver.request.Conversation;
import java.io.IOException;
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

  @Override
  public void over(Link link) {
    try {
      var client = protocol.meet(link, options);
      RemoteProcess process;
      try {
        process = start.get();
      } catch (ApiException refused) {
        client.end(refused.status());
        return;
      }
      new Carriage(client, process, Thread.currentThread()).run();
    } catch (IOException gone) {
      LOG.debug("the client of a command is gone: {}", gone.getMessage());
    }
  }

  /** The two directions. */
  private final class Carriage {
    private final CommandClient client;
    private final RemoteProcess process;
    private final Thread sender;
    private boolean over;
    private boolean gone;

    Carriage(CommandClient client, RemoteProcess process, Thread sender) {
      this.client = client;
      this.process = process;
      this.sender = sender;
    }

    void run() throws IOException {
      try (process) {
        Thread.ofVirtual().name("stream-input").start(this::receive);
        var status = send();
        if (endsHere()) {
          client.end(status);
        }
      } finally {
        endsHere();
      }
    }

    private void receive() {
      try {
        client.receive(new CommandInput(process));
      } catch (IOException lost) {
        LOG.debug("the client of a command is gone: {}", lost.getMessage());
      } finally {
        clientGone();
      }
    }

    private ObjectNode send() throws IOException {
      try {
        for (var output = process.next(); output != null; output = process.next()) {
          if (output.stderr()) {
            client.stderr(output.bytes());
          } else {
            client.stdout(output.bytes());
          }
        }
        if (options.command().isEmpty()) {
          return CommandStatus.success();
        }
        return isGone()
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
    private void clientGone() {
      synchronized (this) {
        if (over) {
          return;
        }
        gone = true;
        sender.interrupt();
      }
      process.close();
    }
  }
}
