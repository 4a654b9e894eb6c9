package io.jkube.cli.logs;

/** One container whose output is wanted. */
record LogSource(String namespace, String pod, String container) {
  /** What stands before its lines. */
  String prefix() {
    return "[pod/" + pod + "/" + container + "] ";
  }
}
