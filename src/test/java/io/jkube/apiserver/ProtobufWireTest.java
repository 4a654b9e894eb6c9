package io.jkube.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.jkube.api.Json;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import java.io.DataInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Protobuf over a socket, spoken by the classes that protoc made. */
@Timeout(60)
final class ProtobufWireTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

  @TempDir static Path folder;
  private static TestServer state;
  private static ApiServer server;
  private static HttpClient client;

  @BeforeAll
  static void start() throws Exception {
    state = new TestServer();
    var keys = new TestKeys(folder);
    server = ApiServer.start(new ListenSettings("127.0.0.1", 0, true, keys.server(), null, 0));
    server.serve(state.chain);
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    client.shutdownNow();
    server.close();
    state.close();
  }

  private static HttpRequest.Builder to(String path) {
    var address = "http://127.0.0.1:" + server.insecurePort() + path;
    return HttpRequest.newBuilder(URI.create(address));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> post(String path, byte[] body) throws Exception {
    return send(
        to(path)
            .header("Content-Type", PROTOBUF)
            .header("Accept", PROTOBUF + ",application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private static byte[] envelope(String kind, MessageLite message) {
    var bytes =
        Runtime.Unknown.newBuilder()
            .setTypeMeta(Runtime.TypeMeta.newBuilder().setApiVersion("v1").setKind(kind))
            .setRaw(ByteString.copyFrom(message.toByteArray()))
            .build()
            .toByteArray();
    return ByteBuffer.allocate(4 + bytes.length)
        .put(new byte[] {'k', '8', 's', 0})
        .put(bytes)
        .array();
  }

  private static Runtime.Unknown opened(byte[] bytes) throws Exception {
    assertEquals(ByteString.copyFromUtf8("k8s\0"), ByteString.copyFrom(bytes, 0, 4));
    return Runtime.Unknown.parseFrom(Arrays.copyOfRange(bytes, 4, bytes.length));
  }

  private static byte[] configMap(String name, String label) {
    var metadata = Meta.ObjectMeta.newBuilder().setName(name).putLabels("app", label);
    return envelope(
        "ConfigMap", V1.ConfigMap.newBuilder().setMetadata(metadata).putData("k", "v").build());
  }

  @Test
  void createsReadsListsAndDeletes() throws Exception {
    var created = post(MAPS, configMap("wire", "crud"));
    assertEquals(201, created.statusCode());
    assertEquals(PROTOBUF, created.headers().firstValue("Content-Type").orElse(""));
    var object = V1.ConfigMap.parseFrom(opened(created.body()).getRaw());
    assertEquals("default", object.getMetadata().getNamespace());
    assertEquals("v", object.getDataOrThrow("k"));

    var listed = send(to(MAPS + "?labelSelector=app%3Dcrud").header("Accept", PROTOBUF));
    assertEquals("ConfigMapList", opened(listed.body()).getTypeMeta().getKind());
    var list = V1.ConfigMapList.parseFrom(opened(listed.body()).getRaw());
    assertEquals(object, list.getItems(0));

    var wrong = Meta.Preconditions.newBuilder().setUid("other");
    var options = Meta.DeleteOptions.newBuilder().setPreconditions(wrong).build();
    var refused = delete("wire", envelope("DeleteOptions", options));
    assertEquals(409, refused.statusCode());
    var status = Meta.Status.parseFrom(opened(refused.body()).getRaw());
    assertEquals("Conflict", status.getReason());
    var right = Meta.Preconditions.newBuilder().setUid(object.getMetadata().getUid());
    options = Meta.DeleteOptions.newBuilder().setPreconditions(right).build();
    var deleted = delete("wire", envelope("DeleteOptions", options));
    assertEquals(200, deleted.statusCode());
    assertEquals("Success", Meta.Status.parseFrom(opened(deleted.body()).getRaw()).getStatus());
  }

  private static HttpResponse<byte[]> delete(String name, byte[] options) throws Exception {
    return send(
        to(MAPS + "/" + name)
            .header("Content-Type", PROTOBUF)
            .header("Accept", PROTOBUF)
            .method("DELETE", HttpRequest.BodyPublishers.ofByteArray(options)));
  }

  @Test
  void updatesAndPatches() throws Exception {
    var created = opened(post(MAPS, configMap("changed", "update")).body()).getRaw();
    var object = V1.ConfigMap.parseFrom(created).toBuilder().putData("k", "w").build();
    var body = HttpRequest.BodyPublishers.ofByteArray(envelope("ConfigMap", object));
    var updated = send(to(MAPS + "/changed").header("Content-Type", PROTOBUF).PUT(body));
    assertEquals("w", Json.parse(updated.body()).at("/data/k").asText());
    var patch = HttpRequest.BodyPublishers.ofString("{\"data\":{\"k\":\"x\"}}");
    var patched =
        send(
            to(MAPS + "/changed")
                .header("Content-Type", "application/merge-patch+json")
                .header("Accept", PROTOBUF)
                .method("PATCH", patch));
    var after = V1.ConfigMap.parseFrom(opened(patched.body()).getRaw());
    assertEquals("x", after.getDataOrThrow("k"));
    var stale = send(to(MAPS + "/changed").header("Content-Type", PROTOBUF).PUT(body));
    assertEquals(409, stale.statusCode());
    var wrong = send(to(MAPS + "/changed").header("Content-Type", PROTOBUF).method("PATCH", body));
    assertEquals(415, wrong.statusCode());
  }

  @Test
  void watchesInFrames() throws Exception {
    var watching =
        client.send(
            to(MAPS + "?watch=1&labelSelector=app%3Dframed")
                .header("Accept", PROTOBUF + ",application/json")
                .build(),
            BodyHandlers.ofInputStream());
    assertEquals(
        PROTOBUF + ";stream=watch", watching.headers().firstValue("Content-Type").orElse(""));
    try (var frames = new DataInputStream(watching.body())) {
      post(MAPS, configMap("framed", "framed"));
      var added = event(frames);
      assertEquals("ADDED", added.getType());
      var object = opened(added.getObject().getRaw().toByteArray());
      assertEquals("ConfigMap", object.getTypeMeta().getKind());
      assertEquals("framed", V1.ConfigMap.parseFrom(object.getRaw()).getMetadata().getName());
      state.delete(MAPS + "/framed");
      assertEquals("DELETED", event(frames).getType());
    }
  }

  private static Meta.WatchEvent event(DataInputStream frames) throws Exception {
    var bytes = new byte[frames.readInt()];
    frames.readFully(bytes);
    return Meta.WatchEvent.parseFrom(bytes);
  }

  @Test
  void theFirstFormatThatCanBeGivenIsGiven() throws Exception {
    post(MAPS, configMap("asked", "asked"));
    var table = ";as=Table;v=v1;g=meta.k8s.io";
    var metadata = ";as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
    assertEquals("application/json", typeOf(PROTOBUF + table + ",application/json" + table));
    assertEquals(PROTOBUF, typeOf(PROTOBUF + metadata + ",application/json" + metadata));
    assertEquals(PROTOBUF, typeOf("application/json;q=0.5," + PROTOBUF));
    assertEquals(PROTOBUF, typeOf("*/*," + PROTOBUF));
    assertEquals("application/json", typeOf("application/json," + PROTOBUF));
    assertEquals("application/json", typeOf("application/*"));
    var refused = send(to(MAPS).header("Accept", "text/html"));
    assertEquals(406, refused.statusCode());
    assertEquals(
        "only the following media types are accepted: application/json, application/yaml, "
            + PROTOBUF,
        Json.parse(refused.body()).get("message").asText());
    var only = send(to(MAPS + "/asked").header("Accept", PROTOBUF + metadata));
    assertEquals("PartialObjectMetadata", opened(only.body()).getTypeMeta().getKind());
  }

  private static String typeOf(String accept) throws Exception {
    var answer = send(to(MAPS + "/asked").header("Accept", accept));
    assertEquals(200, answer.statusCode());
    return answer.headers().firstValue("Content-Type").orElse("");
  }

  @Test
  void brokenBodiesLeaveALiveServer() throws Exception {
    var random = new Random(1);
    var whole = configMap("broken", "broken");
    for (int i = 0; i < 300; i++) {
      var broken = Arrays.copyOf(whole, random.nextInt(1, whole.length + 1));
      broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      int code = post(MAPS, broken).statusCode();
      assertTrue(code == 201 || code >= 400 && code < 500, "answered " + code);
    }
    assertEquals(200, send(to("/livez")).statusCode());
  }
}
