package io.jkube.network.proxy;

import java.util.Locale;

/** What a service port speaks. */
public enum Protocol {
  TCP,
  UDP,
  SCTP;

  /** As objects write it; TCP where they say nothing. */
  public static Protocol of(String text) {
    return text.isEmpty() ? TCP : valueOf(text);
  }

  /** {@code tcp}, as kernels and people write it. */
  public String lower() {
    return name().toLowerCase(Locale.ROOT);
  }
}
