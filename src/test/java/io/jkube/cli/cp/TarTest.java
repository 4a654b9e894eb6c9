package io.jkube.cli.cp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives as they are written and read, with and without the machine's own {@code tar}. */
final class TarTest {
  private static final String LONG = "long".repeat(60);

  @TempDir Path folder;
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Path tree() throws IOException {
    var tree = folder.resolve("tree");
    Files.createDirectories(tree.resolve("sub/empty"));
    Files.writeString(tree.resolve("sub/" + LONG), "a long name");
    Files.writeString(tree.resolve("grüße"), "ü");
    Files.write(tree.resolve("block"), new byte[512]);
    Files.writeString(tree.resolve("run"), "#!/bin/sh\n");
    tree.resolve("run").toFile().setExecutable(true);
    Files.createSymbolicLink(tree.resolve("link"), Path.of("run"));
    return tree;
  }

  private static byte[] packed(Path source, String name) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var archive = new TarOutput(bytes);
    new Packing(source, name).into(archive);
    archive.finish();
    return bytes.toByteArray();
  }

  private void unpack(byte[] archive, String prefix, Path target) throws IOException {
    var err = new PrintStream(told, true, StandardCharsets.UTF_8);
    new Unpacking(prefix, target, err).from(new TarInput(new ByteArrayInputStream(archive)));
  }

  private static int run(Path in, String... words) throws Exception {
    return new ProcessBuilder(words).directory(in.toFile()).inheritIO().start().waitFor();
  }

  private void assertTree(Path tree) throws IOException {
    assertTrue(Files.isDirectory(tree.resolve("sub/empty")));
    assertEquals("a long name", Files.readString(tree.resolve("sub/" + LONG)));
    assertEquals("ü", Files.readString(tree.resolve("grüße")));
    assertArrayEquals(new byte[512], Files.readAllBytes(tree.resolve("block")));
    assertTrue(Files.isExecutable(tree.resolve("run")));
    assertFalse(Files.isExecutable(tree.resolve("block")) && !isRoot());
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  @Test
  void whatIsPackedHereTarUnpacks() throws Exception {
    Files.write(folder.resolve("a.tar"), packed(tree(), "other"));
    assertEquals(0, run(folder, "tar", "-xmf", "a.tar"));
    assertTree(folder.resolve("other"));
    assertEquals("run", Files.readSymbolicLink(folder.resolve("other/link")).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "pax", "ustar"})
  void whatTarPacksIsUnpackedHere(String format) throws Exception {
    var tree = tree();
    if (format.equals("ustar")) {
      Files.move(tree.resolve("sub/" + LONG), tree.resolve("sub/" + "l".repeat(99)));
    }
    run(folder, "tar", "--format=" + format, "-cf", "a.tar", "tree");
    unpack(Files.readAllBytes(folder.resolve("a.tar")), "tree", folder.resolve("out"));
    if (format.equals("ustar")) {
      Files.move(folder.resolve("out/sub/" + "l".repeat(99)), folder.resolve("out/sub/" + LONG));
    }
    assertTree(folder.resolve("out"));
    assertFalse(Files.exists(folder.resolve("out/link")));
    var warning = "warning: skipping symlink: \"" + folder.resolve("out/link") + "\" -> \"run\"\n";
    assertEquals(warning, told.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aFileGoesWhereItIsToGo() throws Exception {
    var file = Files.writeString(folder.resolve("f"), "text");
    unpack(packed(file, "etc/f"), "etc/f", folder.resolve("new/name"));
    assertEquals("text", Files.readString(folder.resolve("new/name")));
    unpack(packed(file, "etc/f"), "etc/f", folder.resolve("new"));
    assertEquals("text", Files.readString(folder.resolve("new/f")));
  }

  @Test
  void nothingIsWrittenOutsideOfTheTarget() throws Exception {
    var bytes = new ByteArrayOutputStream();
    var archive = new TarOutput(bytes);
    for (var name : new String[] {"a/../evil", "a/link/evil"}) {
      archive.add(TarEntry.file(name, 0644, 4, 0), new ByteArrayInputStream(bytes("evil")));
    }
    archive.finish();
    var target = Files.createDirectories(folder.resolve("target"));
    var elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.createSymbolicLink(target.resolve("link"), elsewhere);
    unpack(bytes.toByteArray(), "a", target);
    assertFalse(Files.exists(folder.resolve("evil")));
    assertFalse(Files.exists(elsewhere.resolve("evil")));
    assertEquals(
        "warning: file \"%s\" is outside target destination, skipping\nwarning: file \"%s\" is outside target destination, skipping\n"
            .formatted(folder.resolve("evil"), target.resolve("link/evil")),
        told.toString(StandardCharsets.UTF_8));
    var other = assertThrows(IOException.class, () -> unpack(bytes.toByteArray(), "b", target));
    assertEquals("tar contents corrupted", other.getMessage());
  }

  @Test
  void whatIsNoArchiveIsSaid() throws IOException {
    var nothing = new TarInput(new ByteArrayInputStream(new byte[0]));
    assertNull(nothing.next());
    var noise = new TarInput(new ByteArrayInputStream(bytes("x".repeat(600))));
    assertThrows(IOException.class, noise::next);
    var file = Files.writeString(folder.resolve("f"), "text");
    var cut = Arrays.copyOf(packed(file, "f"), 514);
    assertThrows(EOFException.class, () -> unpack(cut, "f", folder.resolve("g")));
  }

  @Test
  void aFileThatShrinksWhileItIsReadIsSaid() {
    var archive = new TarOutput(new ByteArrayOutputStream());
    var shorter = new ByteArrayInputStream(bytes("abc"));
    assertThrows(EOFException.class, () -> archive.add(TarEntry.file("f", 0644, 4, 0), shorter));
  }
}
