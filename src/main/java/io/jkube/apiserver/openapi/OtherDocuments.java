package io.jkube.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The documents of other servers, whose groups are told beside our own. Thread-safe. */
public interface OtherDocuments {
  /** There are none. */
  OtherDocuments NONE =
      new OtherDocuments() {
        @Override
        public Map<String, String> v3() {
          return Map.of();
        }

        @Override
        public List<ObjectNode> v2() {
          return List.of();
        }
      };

  /** What {@code /openapi/v3} lists: {@code serverRelativeURL} by path. */
  Map<String, String> v3();

  /**
   * OpenAPI v2 documents, with only the paths that are passed on; the same list until they change.
   */
  List<ObjectNode> v2();
}
