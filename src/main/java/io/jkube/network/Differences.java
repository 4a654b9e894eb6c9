package io.jkube.network;

import io.jkube.api.ObjectKey;
import io.jkube.client.informer.ObjectHandler;

/** Reacts where an object differs as it is read here: most of what is written is nothing to us. */
record Differences<T>(Runnable reaction) implements ObjectHandler<T> {
  @Override
  public void added(ObjectKey key, T object) {
    reaction.run();
  }

  @Override
  public void updated(ObjectKey key, T before, T after) {
    if (!before.equals(after)) {
      reaction.run();
    }
  }

  @Override
  public void deleted(ObjectKey key, T last) {
    reaction.run();
  }
}
