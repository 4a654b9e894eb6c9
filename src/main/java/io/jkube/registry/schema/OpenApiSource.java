package io.jkube.registry.schema;

import java.util.Optional;
import java.util.Set;

/**
 * The OpenAPI documents to publish, as JSON bytes that nobody writes to. Thread-safe; may be slow
 * at the first call for a document.
 */
public interface OpenApiSource {
  /** Publishes nothing. */
  OpenApiSource NONE =
      new OpenApiSource() {
        @Override
        public Set<String> paths() {
          return Set.of();
        }

        @Override
        public Optional<byte[]> v3(String path) {
          return Optional.empty();
        }

        @Override
        public String hash(String path) {
          return "";
        }

        @Override
        public Optional<byte[]> v2() {
          return Optional.empty();
        }
      };

  /** What {@code /openapi/v3} lists: {@code api/v1}, {@code apis/apps/v1}, ... */
  Set<String> paths();

  /** The OpenAPI v3 document of one of {@link #paths}. */
  Optional<byte[]> v3(String path);

  /**
   * The {@code hash} of one of {@link #paths} in the index; changes when the document does. Cheap:
   * does not make the document.
   */
  String hash(String path);

  /** The OpenAPI v2 document of everything. */
  Optional<byte[]> v2();
}
