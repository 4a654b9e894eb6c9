package io.jkube.apiserver.mutation;

import java.util.random.RandomGenerator;

/** Names out of {@code generateName}: the base and five characters that make no words. */
final class NameGenerator {
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int RANDOM_CHARACTERS = 5;
  private static final int MAX_BASE_CHARACTERS = 63 - RANDOM_CHARACTERS;

  private NameGenerator() {}

  static String generate(String base) {
    var random = RandomGenerator.getDefault();
    var name = new StringBuilder(base.substring(0, Math.min(base.length(), MAX_BASE_CHARACTERS)));
    for (int i = 0; i < RANDOM_CHARACTERS; i++) {
      name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return name.toString();
  }
}
