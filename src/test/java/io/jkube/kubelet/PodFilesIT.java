package io.jkube.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jkube.api.Resources;
import io.jkube.client.Patch;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.stream.LogOptions;
import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What containers see of their volumes, on a real Docker Engine. One node for all. */
final class PodFilesIT {
  private static final String IMAGE = "'image':'busybox:1.36','imagePullPolicy':'IfNotPresent'";
  private static final String BOTH_USERS_AND_MEDIA =
      "'volumes':[{'name':'d','emptyDir':{}},{'name':'m','emptyDir':{'medium':'Memory'}}],";

  @TempDir static Path folder;
  private static DockerFixture docker;
  private static ContainerRuntime runtime;
  private static TestNode node;

  @BeforeAll
  static void open() throws IOException {
    BusyboxImage.in(DockerFixture.ENGINE);
    docker = DockerFixture.open();
    runtime = docker.cluster().runtime(TestNode.NODE);
    node = new TestNode(runtime, folder);
    node.create(
        Resources.CONFIG_MAPS,
        "{'metadata':{'name':'map','namespace':'default'},'data':{'k':'red','passwd':'mine'}}");
    node.create(
        Resources.SECRETS,
        "{'metadata':{'name':'hush','namespace':'default'},'stringData':{'k':'word'}}");
  }

  @AfterAll
  static void close() {
    node.stopKubelet();
    runtime.sandboxes().forEach(sandbox -> runtime.removeSandbox(sandbox.id()));
    node.close();
    docker.close();
  }

  @Test
  void emptyDirsAreOpenToEveryUserAndKeepTheModesOfFiles() throws IOException {
    var script =
        "stat -c %a /d /m; for v in d m; do for f in 644 666 777; do"
            + " echo $v > /$v/$(id -u)-$f; chmod $f /$v/$(id -u)-$f;"
            + " stat -c %a-%u /$v/$(id -u)-$f; cat /$v/$(id -u)-$f; done; done";
    var mounts = mounts("d:/d", "m:/m");
    node.createPod(
        "modes",
        "'restartPolicy':'Never',"
            + BOTH_USERS_AND_MEDIA
            + "'containers':["
            + shell("root", mounts, script)
            + ","
            + shell("user", mounts + "'securityContext':{'runAsUser':1001},", script)
            + "]");
    node.awaitPhase("modes", "Succeeded");
    for (int uid : new int[] {0, 1001}) {
      var files = new StringBuilder("777\n777\n");
      for (var volume : List.of("d", "m")) {
        for (var mode : List.of("644", "666", "777")) {
          files.append(mode).append('-').append(uid).append('\n').append(volume).append('\n');
        }
      }
      assertEquals(files.toString(), output("modes", uid == 0 ? "root" : "user"));
    }
  }

  @Test
  void containersOfAPodShareAVolume() throws IOException {
    node.createPod(
        "shared",
        "'restartPolicy':'Never',"
            + BOTH_USERS_AND_MEDIA
            + "'containers':["
            + shell("writer", mounts("d:/there"), "echo for you > /there/file")
            + ","
            + shell(
                "reader",
                mounts("d:/here"),
                "until [ -s /here/file ]; do sleep 0.1; done; cat /here/file")
            + "]");
    node.awaitPhase("shared", "Succeeded");
    assertEquals("for you\n", output("shared", "reader"));
  }

  @Test
  void aVolumeOfModeBlockIsADeviceInTheContainer() throws Exception {
    var data = Files.write(folder.resolve("disk"), new byte[1 << 20]);
    var loop = said("losetup", "--find", "--show", data.toString());
    assumeTrue(loop.startsWith("/dev/loop"), "only root has loop devices");
    try {
      node.create(
          Resources.VOLUMES,
          "{'metadata':{'name':'disk'},'spec':{'capacity':{'storage':'1Mi'},'volumeMode':'Block',"
              + "'accessModes':['ReadWriteOnce'],'claimRef':{'namespace':'default','name':'disk'},"
              + "'local':{'path':'%s'},'nodeAffinity':{'required':{'nodeSelectorTerms':[{"
                  .formatted(loop)
              + "'matchExpressions':[{'key':'kubernetes.io/hostname','operator':'Exists'}]}]}}}}");
      node.create(
          Resources.VOLUME_CLAIMS,
          "{'metadata':{'name':'disk','namespace':'default',"
              + "'annotations':{'pv.kubernetes.io/bind-completed':'yes'}},'spec':{"
              + "'volumeName':'disk','volumeMode':'Block','accessModes':['ReadWriteOnce'],"
              + "'resources':{'requests':{'storage':'1Mi'}}}}");
      node.createPod(
          "disk",
          "'restartPolicy':'Never','volumes':[{'name':'v','persistentVolumeClaim':"
              + "{'claimName':'disk'}}],'containers':["
              + shell(
                  "a",
                  "'volumeDevices':[{'name':'v','devicePath':'/dev/disk'}],",
                  "test -b /dev/disk && printf hello | dd of=/dev/disk conv=fsync,notrunc"
                      + " 2>/dev/null && dd if=/dev/disk bs=5 count=1 2>/dev/null")
              + "]");
      node.awaitPhase("disk", "Succeeded");
      assertEquals("hello", output("disk", "a"));
    } finally {
      said("losetup", "--detach", loop);
    }
    try (var disk = Files.newInputStream(data)) {
      assertEquals("hello", new String(disk.readNBytes(5), StandardCharsets.UTF_8));
    }
  }

  /** What a program of this machine says; empty where there is none, or it fails. */
  private static String said(String... command) throws InterruptedException {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? text.strip() : "";
    } catch (IOException none) {
      return "";
    }
  }

  @Test
  void volumesOfEveryKindAndManyOfOneDoNotDisturbEachOther() throws IOException {
    var volumes = new StringBuilder("{'name':'d','emptyDir':{}},");
    volumes.append("{'name':'s','secret':{'secretName':'hush'}},");
    var names = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      volumes.append("{'name':'c%d','configMap':{'name':'map'}},".formatted(i));
      names.append("c%d:/c%d,".formatted(i, i));
    }
    var all = mounts(("d:/d,s:/s," + names).split(","));
    node.createPod(
        "many",
        "'restartPolicy':'Never','volumes':["
            + volumes
            + "{'name':'p','downwardAPI':{'items':[]}}],'containers':["
            + shell("a", all, "cat /s/k; cat /c*/k | fold -w 3 | sort | uniq -c | tr -s [:space:]")
            + "]");
    node.awaitPhase("many", "Succeeded");
    assertTrue(output("many", "a").contains("50 red"), output("many", "a"));
  }

  @Test
  void filesOfTheApiHaveTheirModesAndAreReadByAUser() throws IOException {
    var item = "'items':[{'key':'k','path':'deep/k','mode':256}]";
    var owner = "'securityContext':{'runAsUser':1000,'fsGroup':1001},";
    node.createPod(
        "files",
        "'restartPolicy':'Never',"
            + owner
            + "'volumes':[{'name':'c','configMap':{'name':'map','defaultMode':288}},"
            + "{'name':'s','secret':{'secretName':'hush','defaultMode':288}},"
            + "{'name':'ci','configMap':{'name':'map',"
            + item
            + "}},{'name':'si','secret':{'secretName':'hush',"
            + item
            + "}},{'name':'p','projected':{'defaultMode':288,'sources':[{'configMap':{'name':'map',"
            + "'items':[{'key':'k','path':'c'}]}},{'secret':{'name':'hush','items':[{'key':'k',"
            + "'path':'s'}]}},{'configMap':{'name':'map','items':[{'key':'k','path':'m',"
            + "'mode':256}]}},{'secret':{'name':'hush','items':[{'key':'k','path':'n',"
            + "'mode':256}]}}]}}],'containers':["
            + shell(
                "a",
                mounts("c:/c", "s:/s", "ci:/ci", "si:/si", "p:/p"),
                "for f in /c/k /s/k /ci/deep/k /si/deep/k /p/c /p/s /p/m /p/n; do"
                    + " stat -L -c %a-%g $f; cat $f; echo; done")
            + "]");
    node.awaitPhase("files", "Succeeded");
    assertEquals(
        "440-1001\nred\n440-1001\nword\n440-1001\nred\n440-1001\nword\n"
            + "440-1001\nred\n440-1001\nword\n440-1001\nred\n440-1001\nword\n",
        output("files", "a"));
  }

  @Test
  void filesTellOfThePodItself() throws IOException {
    var items = new StringBuilder();
    for (var resource : List.of("limits.cpu", "limits.memory", "requests.cpu", "requests.memory")) {
      for (var container : List.of("a", "b")) {
        items.append(
            ("{'path':'%s-%s','resourceFieldRef':{'containerName':'%s','resource':'%s',"
                    + "'divisor':'%s'}},")
                .formatted(
                    container,
                    resource,
                    container,
                    resource,
                    resource.endsWith("cpu") ? "1m" : "1Mi"));
      }
    }
    items.append("{'path':'notes','mode':256,'fieldRef':{'fieldPath':'metadata.annotations'}}");
    var sources = "{'items':[" + items + "]}";
    node.createPod(
        "self",
        "'terminationGracePeriodSeconds':0,'volumes':[{'name':'d','downwardAPI':"
            + sources.replace("{'items'", "{'defaultMode':288,'items'")
            + "},{'name':'p','projected':{'defaultMode':288,'sources':[{'downwardAPI':"
            + sources
            + "}]}}],'containers':["
            + sleeper(
                "a",
                mounts("d:/d", "p:/p")
                    + "'resources':{'limits':{'cpu':'500m','memory':'64Mi'},"
                    + "'requests':{'cpu':'250m','memory':'32Mi'}},")
            + ","
            + sleeper("b", "")
            + "]");
    node.awaitPhase("self", "Running");
    var id = container("self", "a");
    var machine = runtime.info();
    for (var volume : List.of("/d/", "/p/")) {
      assertEquals("500", run(id, "cat", volume + "a-limits.cpu"));
      assertEquals("64", run(id, "cat", volume + "a-limits.memory"));
      assertEquals("250", run(id, "cat", volume + "a-requests.cpu"));
      assertEquals("32", run(id, "cat", volume + "a-requests.memory"));
      assertEquals(machine.cpus() * 1000 + "", run(id, "cat", volume + "b-limits.cpu"));
      var memory = Long.parseLong(run(id, "cat", volume + "b-limits.memory"));
      assertTrue(memory > 64 && memory <= (machine.memoryBytes() >> 20) + 1, memory + "");
      assertEquals("440", run(id, "stat", "-L", "-c", "%a", volume + "a-limits.cpu"));
      assertEquals("400", run(id, "stat", "-L", "-c", "%a", volume + "notes"));
    }
    var note = TestNode.json("{'metadata':{'annotations':{'seen':'today'}}}");
    node.client.patch(Resources.PODS, TestNode.key("self"), Patch.merge(note));
    for (var volume : List.of("/d/", "/p/")) {
      node.awaitThat(() -> run(id, "cat", volume + "notes").contains("seen=\"today\""));
    }
  }

  @Test
  void partsOfFilesOfTheApiAreMountedAlone() throws IOException {
    var volumes =
        "'volumes':[{'name':'c','configMap':{'name':'map'}},{'name':'s','secret':{'secretName':"
            + "'hush'}},{'name':'d','downwardAPI':{'items':[{'path':'n','fieldRef':{'fieldPath':"
            + "'metadata.name'}}]}},{'name':'p','projected':{'sources':[{'configMap':{'name':"
            + "'map'}}]}}],";
    var mounts =
        "'volumeMounts':[{'name':'c','mountPath':'/x/c','subPath':'k'},"
            + "{'name':'s','mountPath':'/x/s','subPath':'k'},"
            + "{'name':'d','mountPath':'/x/d','subPath':'n'},"
            + "{'name':'p','mountPath':'/x/p','subPath':'k'},"
            + "{'name':'c','mountPath':'/etc/passwd','subPath':'passwd'}],";
    node.createPod(
        "parts",
        "'restartPolicy':'Never',"
            + volumes
            + "'containers':["
            + shell("a", mounts, "for f in /x/c /x/s /x/d /x/p /etc/passwd; do cat $f; echo; done")
            + "]");
    node.awaitPhase("parts", "Succeeded");
    assertEquals("red\nword\nparts\nred\nmine\n", output("parts", "a"));
  }

  private static String mounts(String... pairs) {
    var all = new StringBuilder("'volumeMounts':[");
    for (var pair : pairs) {
      var sides = pair.split(":");
      all.append(all.charAt(all.length() - 1) == '[' ? "" : ",");
      all.append("{'name':'%s','mountPath':'%s'}".formatted(sides[0], sides[1]));
    }
    return all.append("],").toString();
  }

  private static String shell(String name, String fields, String script) {
    return "{'name':'%s',%s,%s'command':['sh','-c','%s']}".formatted(name, IMAGE, fields, script);
  }

  private static String sleeper(String name, String fields) {
    return "{'name':'%s',%s,%s'command':['sleep','3600']}".formatted(name, IMAGE, fields);
  }

  private static String output(String pod, String container) throws IOException {
    try (var in = node.kubelet().logs().open("default", pod, container, LogOptions.ALL)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String container(String pod, String name) {
    return runtime.containers().stream()
        .filter(found -> found.pod().name().equals(pod) && found.name().equals(name))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static String run(String id, String... command) {
    var result = runtime.exec(id, List.of(command), Duration.ofSeconds(10));
    return new String(result.stdout(), StandardCharsets.UTF_8).strip();
  }
}
