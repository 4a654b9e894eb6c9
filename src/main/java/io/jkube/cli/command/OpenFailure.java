package io.jkube.cli.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Words why a file cannot be read, as Go words it: {@code open a.txt: permission denied}. */
public final class OpenFailure {
  private OpenFailure() {}

  /**
   * @param path as the user typed it
   */
  public static String text(String path, IOException failure) {
    boolean opened =
        !(failure instanceof NoSuchFileException) && !(failure instanceof AccessDeniedException);
    return (opened ? "read " : "open ") + path + ": " + reason(failure);
  }

  /** {@code permission denied} alone. */
  public static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException missing -> "no such file or directory";
      case AccessDeniedException denied -> "permission denied";
      default -> {
        var message = String.valueOf(failure.getMessage());
        yield message.equals("Is a directory") ? "is a directory" : message;
      }
    };
  }
}
