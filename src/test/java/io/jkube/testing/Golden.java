package io.jkube.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a person sees, kept in files. {@code mvn test -Djkube.golden=rewrite} writes them anew; what
 * has changed is then for the reviewer to see.
 */
public final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final boolean REWRITE = "rewrite".equals(System.getProperty("jkube.golden"));

  private Golden() {}

  /**
   * @param name of the file below {@code src/test/resources/golden}
   */
  public static void check(String name, String actual) throws IOException {
    var file = FOLDER.resolve(name);
    if (REWRITE) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual);
      return;
    }
    assertTrue(Files.exists(file), file + " is missing: -Djkube.golden=rewrite makes it");
    assertEquals(Files.readString(file), actual);
  }
}
