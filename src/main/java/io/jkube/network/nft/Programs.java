package io.jkube.network.nft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The programs of this machine that change its network, and what each needs to run elsewhere. */
public final class Programs {
  private static final List<String> FOLDERS =
      List.of("/usr/sbin", "/sbin", "/usr/local/sbin", "/usr/bin", "/bin");

  /** {@code libc.so.6 => /lib/libc.so.6 (0x7f...)}, {@code /lib64/ld-linux.so.2 (0x7f...)}. */
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

  /** The names of protocols, which some versions of nft look up. */
  private static final Path PROTOCOLS = Path.of("/etc/protocols");

  private static final long LIMIT_SECONDS = 5;

  private Programs() {}

  /** Wherever a PATH without {@code sbin} would not find it, too. */
  public static Optional<Path> find(String program) {
    return FOLDERS.stream()
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * The files by which nft, conntrack where it is installed, and a shell run where nothing else is.
   */
  public static List<Path> files() throws IOException, InterruptedException {
    var files = new TreeSet<Path>();
    for (var name : List.of("nft", "conntrack", "sh")) {
      var program = find(name);
      if (program.isPresent()) {
        files.add(program.get());
        files.addAll(libraries(program.get()));
      }
    }
    Stream.of(PROTOCOLS).filter(Files::exists).forEach(files::add);
    return List.copyOf(files);
  }

  private static List<Path> libraries(Path program) throws IOException, InterruptedException {
    var ldd = new ProcessBuilder("ldd", program.toString()).redirectErrorStream(true).start();
    try {
      ldd.getOutputStream().close();
      var said = new String(ldd.getInputStream().readAllBytes());
      if (!ldd.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("ldd does not end");
      }
      return LIBRARY.matcher(said).results().map(found -> Path.of(found.group(1))).toList();
    } finally {
      ldd.destroyForcibly();
    }
  }
}
