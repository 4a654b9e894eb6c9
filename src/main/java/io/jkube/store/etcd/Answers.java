package io.jkube.store.etcd;

import io.jkube.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what an etcd answers, and says in the store's words what went wrong. */
final class Answers {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Answers() {}

  /**
   * @throws StoreException.Unavailable also where it is not known whether a write was done
   */
  static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      throw unavailable(failure.getCause());
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw new StoreException.Unavailable(
          "etcd gave no answer within " + PATIENCE.toSeconds() + " s", late);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable("interrupted while etcd was asked", stop);
    }
  }

  static StoreException.Unavailable unavailable(Throwable cause) {
    return new StoreException.Unavailable("etcd: " + cause.getMessage(), cause);
  }

  /** Whether etcd says that what was asked for is forgotten. */
  static boolean isCompacted(StoreException.Unavailable failure) {
    return says(failure, "required revision has been compacted");
  }

  /** Whether etcd says that what was asked for has not happened yet. */
  static boolean isFuture(StoreException.Unavailable failure) {
    return says(failure, "required revision is a future revision");
  }

  private static boolean says(StoreException.Unavailable failure, String words) {
    return failure.getMessage().contains(words);
  }
}
