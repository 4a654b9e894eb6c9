package io.jkube.cli.cp;

import io.jkube.cli.command.CommandFailure;

/**
 * A place to copy from or to: {@code [[NAMESPACE/]POD:]PATH}.
 *
 * @param namespace empty for the user's
 * @param pod empty for this machine
 */
record FileSpec(String namespace, String pod, String path) {
  static FileSpec parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return new FileSpec("", "", text);
    }
    var holder = text.substring(0, colon).split("/", -1);
    var pod = holder[holder.length - 1];
    if (holder.length > 2 || pod.isEmpty()) {
      throw new CommandFailure(
          "filespec must match the canonical format: [[namespace/]pod:]file/path");
    }
    return new FileSpec(holder.length == 2 ? holder[0] : "", pod, text.substring(colon + 1));
  }

  boolean isRemote() {
    return !pod.isEmpty();
  }
}
