package io.jkube.apiserver.negotiate.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.registry.schema.BuiltinDefinitions;
import io.jkube.registry.schema.SchemaEngine;
import io.kubernetes.client.proto.IntStr;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apps;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The codec against itself, and against the classes that protoc made of the published files. */
final class ProtobufCodecTest {
  private static final long SEED = 35;
  private static final int OBJECTS_PER_KIND = 20;
  private static final int MUTATIONS_PER_KIND = 400;
  private static final GroupVersionKind POD = new GroupVersionKind("", "v1", "Pod");

  private final BuiltinDefinitions definitions = new BuiltinDefinitions();
  private final ProtobufCodec codec = new ProtobufCodec(new SchemaEngine(definitions));
  private final Random random = new Random(SEED);
  private final RandomObject objects = new RandomObject(definitions, random);

  private TreeMap<String, GroupVersionKind> kinds() {
    return new TreeMap<>(definitions.kindByName());
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes());
  }

  private static byte[] raw(byte[] envelope) throws Exception {
    return Runtime.Unknown.parseFrom(Arrays.copyOfRange(envelope, 4, envelope.length))
        .getRaw()
        .toByteArray();
  }

  private static byte[] envelope(String apiVersion, String kind, byte[] raw) {
    var type = Runtime.TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind);
    var bytes =
        Runtime.Unknown.newBuilder()
            .setTypeMeta(type)
            .setRaw(ByteString.copyFrom(raw))
            .build()
            .toByteArray();
    return ByteBuffer.allocate(4 + bytes.length)
        .put(new byte[] {'k', '8', 's', 0})
        .put(bytes)
        .array();
  }

  private ObjectNode decode(String apiVersion, String kind, Message message) {
    return codec.decode(envelope(apiVersion, kind, message.toByteArray()), POD);
  }

  @Test
  void everyKindComesBackAsItWent() {
    for (var kind : kinds().values()) {
      assertTrue(codec.serves(kind), kind.toString());
      for (int i = 0; i < OBJECTS_PER_KIND; i++) {
        var object = objects.of(kind);
        assertEquals(object, codec.decode(codec.encode(object), POD));
      }
    }
  }

  @Test
  void protocReadsWhatWeWrite() throws Exception {
    var published = PublishedDescriptors.all();
    int compared = 0;
    for (var kind : kinds().entrySet()) {
      var descriptor = published.get(kind.getKey());
      if (descriptor != null) {
        var object = objects.of(kind.getValue());
        var theirs = DynamicMessage.parseFrom(descriptor, raw(codec.encode(object)));
        assertNothingUnknown(theirs);
        var again =
            envelope(kind.getValue().apiVersion(), kind.getValue().kind(), theirs.toByteArray());
        assertEquals(object, codec.decode(again, POD));
        compared++;
      }
    }
    assertTrue(compared > 60, "compared " + compared);
  }

  private static void assertNothingUnknown(Message message) {
    var type = message.getDescriptorForType().getFullName();
    assertEquals(List.of(), List.copyOf(message.getUnknownFields().asMap().keySet()), type);
    for (var value : message.getAllFields().values()) {
      var all = value instanceof List<?> list ? list : List.of(value);
      for (var each : all) {
        if (each instanceof Message inner) {
          assertNothingUnknown(inner);
        }
      }
    }
  }

  @Test
  void readsAPodOfProtoc() {
    var template =
        V1.PodSpec.newBuilder()
            .addVolumes(
                V1.Volume.newBuilder()
                    .setName("scratch")
                    .setVolumeSource(
                        V1.VolumeSource.newBuilder()
                            .setEmptyDir(V1.EmptyDirVolumeSource.getDefaultInstance())))
            .addContainers(
                V1.Container.newBuilder()
                    .setName("c")
                    .setStdin(false)
                    .setReadinessProbe(
                        V1.Probe.newBuilder()
                            .setHandler(
                                V1.ProbeHandler.newBuilder()
                                    .setHttpGet(
                                        V1.HTTPGetAction.newBuilder()
                                            .setPort(
                                                IntStr.IntOrString.newBuilder()
                                                    .setType(1)
                                                    .setStrVal("web"))))
                            .setPeriodSeconds(5)))
            .setTerminationGracePeriodSeconds(0)
            .setHostNetwork(false)
            .setNodeName("");
    var pod =
        V1.Pod.newBuilder()
            .setMetadata(
                Meta.ObjectMeta.newBuilder()
                    .setName("web")
                    .setNamespace("")
                    .setCreationTimestamp(Meta.Time.getDefaultInstance())
                    .setDeletionTimestamp(Meta.Time.newBuilder().setSeconds(86400)))
            .setSpec(template)
            .build();
    assertEquals(
        json(
            "{'kind':'Pod','apiVersion':'v1',"
                + "'metadata':{'name':'web','deletionTimestamp':'1970-01-02T00:00:00Z'},"
                + "'spec':{'volumes':[{'name':'scratch','emptyDir':{}}],'containers':[{'name':'c',"
                + "'readinessProbe':{'httpGet':{'port':'web'},'periodSeconds':5}}],"
                + "'terminationGracePeriodSeconds':0}}"),
        decode("v1", "Pod", pod));
  }

  @Test
  void protocReadsAPodOfOurs() throws Exception {
    var pod =
        V1.Pod.parseFrom(
            raw(
                codec.encode(
                    json(
                        "{'kind':'Pod','apiVersion':'v1','metadata':{'name':'web',"
                            + "'creationTimestamp':'1970-01-02T00:00:00Z','labels':{'a':''}},"
                            + "'spec':{'containers':[{'name':'c','resources':{'limits':"
                            + "{'cpu':2,'memory':'1Gi'}}}],'volumes':[{'name':'s','secret':"
                            + "{'secretName':'x','optional':false}}]}}"))));
    assertEquals("web", pod.getMetadata().getName());
    assertEquals(86400, pod.getMetadata().getCreationTimestamp().getSeconds());
    assertEquals("", pod.getMetadata().getLabelsOrThrow("a"));
    var limits = pod.getSpec().getContainers(0).getResources().getLimitsMap();
    assertEquals("2", limits.get("cpu").getString());
    assertEquals("1Gi", limits.get("memory").getString());
    var secret = pod.getSpec().getVolumes(0).getVolumeSource().getSecret();
    assertTrue(secret.hasOptional());
    assertFalse(secret.getOptional());
  }

  @Test
  void zeroIsAValueWhereGoHasAPointer() {
    var spec =
        V1Apps.DeploymentSpec.newBuilder().setReplicas(0).setPaused(false).setMinReadySeconds(0);
    var deployment = V1Apps.Deployment.newBuilder().setSpec(spec).build();
    assertEquals(json("{'replicas':0}"), decode("apps/v1", "Deployment", deployment).get("spec"));
    var status = V1.ContainerStatus.newBuilder().setName("c").setReady(false).setRestartCount(0);
    var pod =
        V1.Pod.newBuilder()
            .setStatus(V1.PodStatus.newBuilder().addContainerStatuses(status))
            .build();
    assertEquals(
        json("{'name':'c','ready':false,'restartCount':0}"),
        decode("v1", "Pod", pod).at("/status/containerStatuses/0"));
  }

  @Test
  void fieldsFromTheFutureAreSkipped() {
    var options =
        Meta.DeleteOptions.newBuilder()
            .setGracePeriodSeconds(0)
            .setUnknownFields(
                com.google.protobuf.UnknownFieldSet.newBuilder()
                    .addField(
                        999,
                        com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                            .addFixed32(1)
                            .addFixed64(2)
                            .addVarint(3)
                            .addLengthDelimited(ByteString.copyFromUtf8("x"))
                            .build())
                    .build())
            .build();
    assertEquals(
        json("{'kind':'DeleteOptions','apiVersion':'apps/v1','gracePeriodSeconds':0}"),
        decode("apps/v1", "DeleteOptions", options));
  }

  @Test
  void namesWhatItCannotRead() {
    assertEquals(
        "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]",
        refusal("{}".getBytes()));
    assertEquals(
        "no kind \"Table\" is registered for version \"meta.k8s.io/v1\"",
        refusal(envelope("meta.k8s.io/v1", "Table", new byte[0])));
    assertEquals(
        "the object provided is not valid protobuf: unexpected EOF",
        refusal(envelope("v1", "Pod", new byte[] {0x0a, 0x05, 0})));
    assertEquals(
        "the object provided is not valid protobuf: wrong wireType = 0 for field metadata",
        refusal(envelope("v1", "Pod", new byte[] {0x08, 0x05})));
    assertEquals(
        "the object provided is not valid protobuf: string field contains invalid UTF-8",
        refusal(envelope("v1", "Pod", new byte[] {0x0a, 3, 0x0a, 1, (byte) 0xff})));
  }

  private String refusal(byte[] bytes) {
    var failure = assertThrows(ApiException.class, () -> codec.decode(bytes, POD));
    assertEquals(StatusReason.BAD_REQUEST, failure.reason());
    return failure.getMessage();
  }

  @Test
  void brokenBytesAreRefusedOrRead() {
    for (var kind : kinds().values()) {
      var whole = codec.encode(objects.of(kind));
      for (int i = 0; i < MUTATIONS_PER_KIND; i++) {
        var broken = mutated(whole);
        try {
          codec.encode(codec.decode(broken, POD));
        } catch (ApiException refused) {
          assertEquals(StatusReason.BAD_REQUEST, refused.reason(), refused.getMessage());
        }
      }
    }
  }

  /** Cut, or with some bytes changed. */
  private byte[] mutated(byte[] whole) {
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(whole, random.nextInt(whole.length));
    }
    var broken = whole.clone();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      broken[random.nextInt(4, broken.length)] = (byte) random.nextInt();
    }
    return broken;
  }

  /** {@code spec.versions[0].schema.openAPIV3Schema.not.not.not...} */
  @Test
  void aNestThatIsTooDeepIsRefused() {
    var bytes = new byte[0];
    for (int i = 0; i < 1000; i++) {
      bytes = within(27, bytes);
    }
    for (int number : new int[] {1, 4, 7, 2}) {
      bytes = within(number, bytes);
    }
    assertEquals(
        "the object provided is not valid protobuf: messages nested more than 500 deep",
        refusal(envelope("apiextensions.k8s.io/v1", "CustomResourceDefinition", bytes)));
  }

  private static byte[] within(int number, byte[] message) {
    var out = new WireWriter();
    out.tag(number, WireReader.BYTES);
    out.bytes(message);
    return out.toByteArray();
  }
}
