package io.jkube.apiserver.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.jkube.api.Json;
import io.jkube.registry.builtin.BuiltinKinds;
import io.jkube.registry.openapi.OpenApiDocuments;
import io.jkube.registry.schema.BuiltinDefinitions;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The protobuf form against the JSON one, read by protobuf's own parser. */
final class SwaggerProtobufTest {
  private static UnknownFieldSet message(UnknownFieldSet holder, int number, int index)
      throws Exception {
    return UnknownFieldSet.parseFrom(bytes(holder, number, index));
  }

  private static ByteString bytes(UnknownFieldSet holder, int number, int index) {
    return holder.getField(number).getLengthDelimitedList().get(index);
  }

  private static int count(UnknownFieldSet holder, int number) {
    return holder.getField(number).getLengthDelimitedList().size();
  }

  @Test
  void hasWhatTheDocumentHas() throws Exception {
    var definitions = new BuiltinDefinitions();
    var catalog = BuiltinKinds.catalog(InstantSource.system());
    var bytes = new OpenApiDocuments(catalog, definitions, "v1.35.0").v2().orElseThrow();
    var json = Json.parse(bytes);
    var document = UnknownFieldSet.parseFrom(SwaggerProtobuf.of(bytes));
    assertEquals("2.0", bytes(document, 1, 0).toStringUtf8());
    assertEquals(json.get("paths").size(), count(message(document, 8, 0), 2));
    assertEquals(json.get("definitions").size(), count(message(document, 9, 0), 1));
    int index =
        json.get("definitions")
            .propertyStream()
            .map(Map.Entry::getKey)
            .toList()
            .indexOf("io.k8s.api.core.v1.ConfigMap");
    var named = message(message(document, 9, 0), 1, index);
    assertEquals("io.k8s.api.core.v1.ConfigMap", bytes(named, 1, 0).toStringUtf8());
    var schema = message(named, 2, 0);
    var published = json.at("/definitions/io.k8s.api.core.v1.ConfigMap");
    assertEquals(published.get("description").asText(), bytes(schema, 4, 0).toStringUtf8());
    assertEquals("object", bytes(message(schema, 22, 0), 1, 0).toStringUtf8());
    assertEquals(published.get("properties").size(), count(message(schema, 25, 0), 1));
    var extension = message(schema, 31, 0);
    assertEquals("x-kubernetes-group-version-kind", bytes(extension, 1, 0).toStringUtf8());
    assertEquals(
        published.get("x-kubernetes-group-version-kind"),
        Json.MAPPER.readTree(bytes(message(extension, 2, 0), 2, 0).toByteArray()));
  }
}
