package io.jkube.bin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;

/** Folders that look like a JDK to the scripts of {@code bin}. */
final class FakeJdk {
  /**
   * Says what it was called with; makes the caches it is asked for, and is ready at once where it
   * is started as a server.
   */
  private static final String JAVA =
      """
      #!/bin/sh
      serve() { trap 'exit 143' TERM; while :; do sleep 0.1; done; }
      for argument; do
        case $argument in
          -XX:AOTCacheOutput=*) : > "${argument#*=}" ;;
          *.java) program=$argument ;;
        esac
      done
      case "${program-}/ $* " in
        *PretendEngine.java/*) for port; do :; done; echo 1 > "$port"; serve ;;
        *RenewClasses.java/*) exit ;;
        *" --foreground "*) echo 'x is ready in 1 ms'; serve ;;
      esac
      for argument; do echo "$argument"; done
      """;

  private FakeJdk() {}

  static Path in(Path home, String version) throws IOException {
    script(home.resolve("bin/java"), JAVA);
    script(home.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Assertions.assertTrue(file.toFile().setExecutable(true, false));
  }
}
