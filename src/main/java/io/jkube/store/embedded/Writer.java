package io.jkube.store.embedded;

import io.jkube.store.StoreEvent;
import io.jkube.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that writes: takes what waits, commits it together, publishes it, answers. */
final class Writer {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int MAX_COMMANDS_PER_COMMIT = 1_024;

  /** How often expiry and retention are looked after when nobody writes. */
  private static final long IDLE_MILLIS = 1_000;

  /** Tells those who wait for events what was published. */
  interface Publication {
    void published(long before, long now, List<StoreEvent.Change> events);
  }

  private final History history;
  private final Journal journal;
  private final Retention retention;
  private final InstantSource clock;
  private final Publication publication;
  private final Expiry expiry = new Expiry();
  private final LinkedBlockingQueue<Command> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean stopped;

  /** What the history took and readers do not see yet. */
  private final List<StoreEvent.Change> unpublished = new ArrayList<>();

  private long newestTaken = History.FIRST_REVISION;

  /** Reads the journal into the history, and starts. */
  Writer(
      History history,
      Journal journal,
      Retention retention,
      InstantSource clock,
      Publication publication) {
    this.history = history;
    this.journal = journal;
    this.retention = retention;
    this.clock = clock;
    this.publication = publication;
    var entries = journal.open();
    history.startAt(journal.compactRevision());
    entries.forEach(entry -> take(entry.revision(), entry.change()));
    publish();
    retention.begin(clock.millis(), history.revision());
    this.thread = Thread.ofPlatform().name("store-writer").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Waits for the answer, however long a commit takes. */
  <T> T await(Command command, CompletableFuture<T> answer) {
    queue.add(command);
    if (stopped) {
      refuseAll();
    }
    try {
      return answer.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof StoreException known) {
        throw known;
      }
      throw failure;
    }
  }

  private void run() {
    var commands = new ArrayList<Command>();
    boolean running = true;
    boolean forgetting = false;
    try {
      while (running) {
        commands.clear();
        var first = queue.poll(forgetting ? 0 : IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          commands.add(first);
          queue.drainTo(commands, MAX_COMMANDS_PER_COMMIT - 1);
        }
        expiry.delete(clock.millis(), history, commands::add);
        running = process(commands);
        forgetting = forgetByItself();
      }
    } catch (InterruptedException stranger) {
      LOG.warn("The store's writer was interrupted and stops");
    } finally {
      journal.close();
      stopped = true;
      commands.forEach(Writer::refuse);
      refuseAll();
    }
  }

  /** False when the last command has come; what is behind it is refused when the thread ends. */
  private boolean process(List<Command> commands) {
    var batch = new Batch(history);
    for (var command : commands) {
      switch (command) {
        case Command.Put put -> batch.put(put);
        case Command.Delete delete -> batch.delete(delete);
        case Command.Compact compact -> {
          commit(batch);
          batch = new Batch(history);
          compact(compact);
        }
        case Command.Stop stop -> {
          commit(batch);
          return false;
        }
      }
    }
    commit(batch);
    return true;
  }

  private void commit(Batch batch) {
    try {
      if (!batch.changes().isEmpty()) {
        repair();
        if (batch.firstRevision() <= history.revision()) {
          throw new StoreException.Unavailable(
              "the state was just repaired and went on without this write; try again", null);
        }
        journal.append(batch.firstRevision(), batch.changes());
        long revision = batch.firstRevision();
        for (var change : batch.changes()) {
          take(revision++, change);
        }
        publish();
      }
      batch.answer();
    } catch (StoreException.Unavailable failure) {
      batch.fail(failure);
    }
  }

  private void repair() {
    var beyond = journal.repair(history.revision());
    beyond.forEach(entry -> take(entry.revision(), entry.change()));
    publish();
  }

  private void take(long revision, Change change) {
    var event = history.apply(revision, change);
    if (event != null) {
      unpublished.add(event);
    }
    expiry.track(revision, change);
    newestTaken = revision;
  }

  private void publish() {
    long before = history.revision();
    if (newestTaken > before) {
      history.publish(newestTaken);
      publication.published(before, newestTaken, unpublished);
    }
    unpublished.clear();
  }

  private void compact(Command.Compact compact) {
    if (compact.revision() > history.revision()) {
      compact
          .answer()
          .completeExceptionally(
              new StoreException.FutureRevision(compact.revision(), history.revision()));
    } else if (compact.revision() <= history.compactRevision()) {
      compact
          .answer()
          .completeExceptionally(
              new StoreException.Compacted(compact.revision(), history.compactRevision()));
    } else {
      try {
        forget(compact.revision());
        compact.answer().complete(null);
      } catch (StoreException.Unavailable failure) {
        compact.answer().completeExceptionally(failure);
      }
    }
  }

  /** True when there is more to forget. */
  private boolean forgetByItself() {
    long due = retention.due(clock.millis(), history);
    if (due > history.compactRevision()) {
      try {
        forget(due);
        return retention.isUnderWay(history);
      } catch (StoreException.Unavailable later) {
        LOG.debug("History is kept for now: {}", later.getMessage());
      }
    }
    return false;
  }

  private void forget(long revision) {
    repair();
    journal.compact(revision, history.supersededBy(revision));
    history.compact(revision);
  }

  private void refuseAll() {
    for (var command = queue.poll(); command != null; command = queue.poll()) {
      refuse(command);
    }
  }

  private static void refuse(Command command) {
    if (command instanceof Command.Stop stop) {
      stop.answer().complete(null);
    } else {
      command
          .answer()
          .completeExceptionally(new StoreException.Unavailable("the store is closed", null));
    }
  }

  /** Finishes what waits, closes the journal and ends the thread. */
  void stop() {
    var stop = new Command.Stop(new CompletableFuture<>());
    await(stop, stop.answer());
  }
}
