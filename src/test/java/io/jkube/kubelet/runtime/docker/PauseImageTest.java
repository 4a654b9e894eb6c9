package io.jkube.kubelet.runtime.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.kubelet.runtime.RuntimeFailure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PauseImageTest {
  private static final int LARGEST_BYTES = 4096;
  private static final int ELF_MAGIC = 0x464c457f;
  private static final int EXECUTABLE = 2;

  @ParameterizedTest
  @CsvSource({"amd64, 62", "arm64, 183"})
  void theProgramsAreSmallStaticExecutablesOfTheirMachine(String architecture, int machine) {
    var program = PauseImage.program(architecture);
    assertTrue(program.length < LARGEST_BYTES, "size " + program.length);
    var elf = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(ELF_MAGIC, elf.getInt(0));
    assertEquals(2, program[4], "64 bits");
    assertEquals(EXECUTABLE, elf.getShort(16));
    assertEquals(machine, elf.getShort(18));
  }

  @Test
  void theTagIsTheDigestOfTheContent() {
    assertEquals(PauseImage.of("x86_64").name(), PauseImage.of("amd64").name());
    assertTrue(PauseImage.of("amd64").name().matches("jkube/pause:[0-9a-f]{12}"));
    assertTrue(!PauseImage.of("arm64").name().equals(PauseImage.of("amd64").name()));
  }

  @Test
  void anotherArchitectureIsRefused() {
    assertThrows(RuntimeFailure.class, () -> PauseImage.of("riscv64"));
  }

  @ParameterizedTest
  @CsvSource({"TERM", "INT"})
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void itEndsWhenAsked(String signal, @TempDir Path folder) throws Exception {
    var program = folder.resolve("pause");
    Files.write(program, PauseImage.program("amd64"));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    var pause = new ProcessBuilder(program.toString()).start();
    try {
      awaitSleep(pause.pid());
      new ProcessBuilder("kill", "-" + signal, Long.toString(pause.pid())).start().waitFor();
      assertTrue(pause.waitFor(5, TimeUnit.SECONDS));
      assertEquals(0, pause.exitValue());
    } finally {
      pause.destroyForcibly();
    }
  }

  /** Until it sleeps, which it does in one place only; before, signals would end it anyhow. */
  private static void awaitSleep(long pid) throws Exception {
    var status = Path.of("/proc", Long.toString(pid), "status");
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (!Pattern.matches("(?s)Name:\tpause\n.*State:\tS .*", Files.readString(status))) {
      assertTrue(System.nanoTime() < end, "it does not come to rest");
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
