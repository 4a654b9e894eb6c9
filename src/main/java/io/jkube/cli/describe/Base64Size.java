package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;

/** How many bytes an encoded value holds. */
final class Base64Size {
  private Base64Size() {}

  static int of(JsonNode encoded) {
    return Base64.getDecoder().decode(encoded.asText()).length;
  }
}
