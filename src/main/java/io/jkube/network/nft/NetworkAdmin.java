package io.jkube.network.nft;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Somebody who may change this machine's network, and runs programs of this machine for that. */
public interface NetworkAdmin {
  /**
   * What a program did.
   *
   * @param output of both kinds
   */
  record Result(int exitCode, String output) {}

  /** This process, where it is root's. */
  NetworkAdmin ROOT = new RootProcess();

  /**
   * Runs a program to its end.
   *
   * @param input what it reads
   */
  Result run(List<String> command, String input) throws IOException, InterruptedException;

  /** Writes a setting of the kernel, a file that is there. */
  void set(Path setting, String value) throws IOException, InterruptedException;
}
