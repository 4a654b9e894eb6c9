package io.jkube.cli.cp;

/**
 * What stands before a file in an archive.
 *
 * @param type {@code '0'} a file, {@code '5'} a folder, {@code '2'} a symbolic link, ...
 * @param mode permission bits
 * @param modifiedSeconds since 1970
 * @param link where a link leads; empty for others
 */
record TarEntry(String name, char type, int mode, long size, long modifiedSeconds, String link) {
  static final char FILE = '0';
  static final char FOLDER = '5';
  static final char SYMBOLIC_LINK = '2';

  static TarEntry file(String name, int mode, long size, long modifiedSeconds) {
    return new TarEntry(name, FILE, mode, size, modifiedSeconds, "");
  }

  static TarEntry folder(String name, int mode, long modifiedSeconds) {
    return new TarEntry(name + "/", FOLDER, mode, 0, modifiedSeconds, "");
  }

  static TarEntry symbolicLink(String name, String target, long modifiedSeconds) {
    return new TarEntry(name, SYMBOLIC_LINK, 0777, 0, modifiedSeconds, target);
  }
}
