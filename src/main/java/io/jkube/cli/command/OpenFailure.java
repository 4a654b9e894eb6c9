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
    return switch (failure) {
      case NoSuchFileException missing -> "open " + path + ": no such file or directory";
      case AccessDeniedException denied -> "open " + path + ": permission denied";
      default -> "read " + path + ": " + reason(failure);
    };
  }

  private static String reason(IOException failure) {
    var message = String.valueOf(failure.getMessage());
    return message.equals("Is a directory") ? "is a directory" : message;
  }
}
