package io.jkube.registry.cel.cost;

/** A value of a library's own type whose length counts in what it costs to work on it. */
public interface Sized {
  long size();
}
