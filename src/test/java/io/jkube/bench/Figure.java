package io.jkube.bench;

import java.util.List;

/** Something that {@code bin/bench} measures. */
interface Figure {
  /** The word that asks for it on the command line. */
  String word();

  /** What is measured, for the help. */
  String title();

  /**
   * Measures it and leaves the lab as it was.
   *
   * @throws Unmeasurable something that it needs is missing on this machine
   */
  List<Finding> measure(Lab lab) throws Exception;
}
