package io.jkube.apiserver.admission;

/**
 * What a write was given that did not take place yet, such as a part of a quota. Given back when it
 * is closed without having been kept. One thread's.
 */
public interface Reservation extends AutoCloseable {
  Reservation NONE =
      new Reservation() {
        @Override
        public void keep() {}

        @Override
        public void close() {}
      };

  /** The write took place. */
  void keep();

  @Override
  void close();
}
