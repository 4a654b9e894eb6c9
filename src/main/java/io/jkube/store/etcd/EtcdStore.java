package io.jkube.store.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.common.exception.CompactedException;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.CompactOption;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import io.jkube.store.Store;
import io.jkube.store.StoreEvent;
import io.jkube.store.StoreException;
import io.jkube.store.StoreWatch;
import io.jkube.store.Versioned;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/** The state in an etcd, which others may share. Every read is linearizable. */
public final class EtcdStore implements Store {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
  private static final long WATCH_PATIENCE_MILLIS = 10_000;

  /** Upstream's {@code --etcd-compaction-interval}. */
  private static final Duration COMPACT_EVERY = Duration.ofMinutes(5);

  /** Stands at no key of the store, so that asking for it costs nothing. */
  private static final ByteSequence NO_KEY =
      ByteSequence.from("\0jkube", StandardCharsets.US_ASCII);

  private final Client client;
  private final KV entries;
  private final Leases leases;
  private final Keys keys;
  private final Set<EtcdWatch> watches = ConcurrentHashMap.newKeySet();
  private final Progress progress;
  private final Upkeep upkeep;
  private volatile boolean closed;

  private EtcdStore(Client client, Keys keys, Duration compactEvery) {
    this.client = client;
    this.entries = client.getKVClient();
    this.leases = new Leases(client.getLeaseClient());
    this.keys = keys;
    this.progress = new Progress(client.getWatchClient(), watches);
    this.upkeep = Upkeep.start(this, compactEvery);
  }

  /**
   * @throws StoreException.Unavailable no member answers, or the files of TLS cannot be used
   */
  public static EtcdStore open(EtcdSettings settings) {
    return open(settings, COMPACT_EVERY);
  }

  static EtcdStore open(EtcdSettings settings, Duration compactEvery) {
    var store = new EtcdStore(client(settings), new Keys(settings.prefix()), compactEvery);
    boolean answers = false;
    try {
      store.revision();
      answers = true;
      return store;
    } finally {
      if (!answers) {
        store.close();
      }
    }
  }

  private static Client client(EtcdSettings settings) {
    var builder =
        Client.builder()
            .endpoints(settings.servers().toArray(URI[]::new))
            .connectTimeout(CONNECT_TIMEOUT)
            .keepaliveTime(KEEP_ALIVE)
            .keepaliveTimeout(CONNECT_TIMEOUT)
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .waitForReady(false);
    if (settings.tls()) {
      try {
        builder.sslContext(
            tls -> {
              settings.authority().ifPresent(file -> tls.trustManager(file.toFile()));
              settings
                  .certificate()
                  .ifPresent(
                      file -> tls.keyManager(file.toFile(), settings.key().orElseThrow().toFile()));
            });
      } catch (SSLException | IllegalArgumentException unusable) {
        throw new StoreException.Unavailable(
            "the certificates for etcd: " + unusable.getMessage(), unusable);
      }
    }
    return builder.build();
  }

  @Override
  public long revision() {
    long newest = ask(() -> entries.get(NO_KEY)).getHeader().getRevision();
    progress.want(newest);
    return newest;
  }

  /** etcd tells it only to a watch that begins too early. */
  @Override
  public long compactRevision() {
    try {
      ask(() -> entries.get(NO_KEY, GetOption.builder().withRevision(1).build()));
      return 0;
    } catch (StoreException.Unavailable failure) {
      if (!Answers.isCompacted(failure)) {
        throw failure;
      }
    }
    var told = new CompletableFuture<Long>();
    var tooEarly = WatchOption.builder().withRevision(1).build();
    try (var watcher =
        client
            .getWatchClient()
            .watch(NO_KEY, tooEarly, answer -> {}, refusal -> complete(told, refusal))) {
      return Answers.await(told);
    }
  }

  private static void complete(CompletableFuture<Long> told, Throwable refusal) {
    if (refusal instanceof CompactedException compacted) {
      told.complete(compacted.getCompactedRevision());
    } else {
      told.completeExceptionally(refusal);
    }
  }

  @Override
  public Optional<Versioned> get(String key) {
    var found = ask(() -> entries.get(keys.there(key)));
    return found.getKvs().stream().findFirst().map(keys::here);
  }

  @Override
  public Page list(String prefix, String afterKey, int limit, long revision) {
    var from = afterKey.isEmpty() ? keys.firstOf(prefix) : keys.behind(afterKey);
    var options =
        GetOption.builder()
            .withRange(keys.endOf(prefix))
            .withLimit(limit)
            .withRevision(revision)
            .build();
    var found = at(revision, () -> ask(() -> entries.get(from, options)));
    var page = found.getKvs().stream().map(keys::here).toList();
    return new Page(
        page,
        revision == NEWEST ? found.getHeader().getRevision() : revision,
        found.getCount() - page.size());
  }

  @Override
  public long count(String prefix) {
    var options = GetOption.builder().withRange(keys.endOf(prefix)).withCountOnly(true).build();
    return ask(() -> entries.get(keys.firstOf(prefix), options)).getCount();
  }

  @Override
  public Versioned put(String key, byte[] value, long expectedModRevision, Duration timeToLive) {
    var options = PutOption.builder().withPrevKV();
    if (timeToLive != null) {
      requireOpen();
      options.withLeaseId(leases.of(timeToLive));
    }
    var put = Op.put(keys.there(key), ByteSequence.from(value), options.build());
    var done = write(key, expectedModRevision, put);
    long revision = done.getHeader().getRevision();
    var replaced = done.getPutResponses().getFirst();
    long created = replaced.hasPrevKv() ? replaced.getPrevKv().getCreateRevision() : revision;
    return new Versioned(key, value, created, revision);
  }

  @Override
  public Optional<StoreEvent.Delete> delete(String key, long expectedModRevision) {
    var options = DeleteOption.builder().withPrevKV(true).build();
    var done = write(key, expectedModRevision, Op.delete(keys.there(key), options));
    return done.getDeleteResponses().getFirst().getPrevKvs().stream()
        .findFirst()
        .map(gone -> new StoreEvent.Delete(key, done.getHeader().getRevision(), keys.here(gone)));
  }

  private TxnResponse write(String key, long expectedModRevision, Op change) {
    var place = keys.there(key);
    var transaction = entries.txn();
    if (expectedModRevision != ANY) {
      var expected = CmpTarget.modRevision(expectedModRevision);
      transaction.If(new Cmp(place, Cmp.Op.EQUAL, expected));
    }
    transaction.Then(change).Else(Op.get(place, GetOption.DEFAULT));
    var done = ask(transaction::commit);
    if (!done.isSucceeded()) {
      var current = done.getGetResponses().getFirst().getKvs().stream().findFirst();
      throw new StoreException.RevisionMismatch(
          key, expectedModRevision, current.map(keys::here).orElse(null));
    }
    return done;
  }

  @Override
  public StoreWatch watch(String prefix, long afterRevision) {
    long after = afterRevision == NEWEST ? revision() : requireKept(afterRevision);
    var options =
        WatchOption.builder()
            .withRevision(after + 1)
            .withRange(keys.endOf(prefix))
            .withPrevKV(true)
            .withRequireLeader(true);
    var watch = new EtcdWatch(keys, after, watches::remove);
    watches.add(watch);
    begin(watch, keys.firstOf(prefix), options);
    return watch;
  }

  private void begin(EtcdWatch watch, ByteSequence key, WatchOption.Builder options) {
    requireOpen();
    try {
      var watcher =
          client.getWatchClient().watch(key, options.withCreateNotify(true).build(), watch);
      watch.begun(watcher, WATCH_PATIENCE_MILLIS);
    } catch (RuntimeException failure) {
      watch.close();
      throw failure instanceof StoreException known ? known : Answers.unavailable(failure);
    }
  }

  /** That a revision is neither forgotten nor to come. */
  private long requireKept(long revision) {
    at(
        revision,
        () -> ask(() -> entries.get(NO_KEY, GetOption.builder().withRevision(revision).build())));
    return revision;
  }

  @Override
  public void compact(long revision) {
    at(revision, () -> ask(() -> entries.compact(revision, CompactOption.DEFAULT)));
  }

  @Override
  public void close() {
    closed = true;
    progress.close();
    upkeep.close();
    watches.forEach(EtcdWatch::close);
    client.close();
  }

  private <T> T ask(Supplier<CompletableFuture<T>> question) {
    requireOpen();
    return Answers.await(question.get());
  }

  private void requireOpen() {
    if (closed) {
      throw new StoreException.Unavailable("the connection to etcd is closed", null);
    }
  }

  private <T> T at(long revision, Supplier<T> question) {
    try {
      return question.get();
    } catch (StoreException.Unavailable failure) {
      if (Answers.isCompacted(failure)) {
        throw new StoreException.Compacted(revision, compactRevision());
      }
      if (Answers.isFuture(failure)) {
        throw new StoreException.FutureRevision(revision, revision());
      }
      throw failure;
    }
  }
}
