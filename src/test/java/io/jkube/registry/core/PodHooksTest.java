package io.jkube.registry.core;

import static io.jkube.registry.Trees.found;
import static io.jkube.registry.Trees.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Strategy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodHooksTest {
  private final Strategy pods = Pods.definition(InstantSource.system()).strategy();

  private static final StoredObjects DEFAULT_ACCOUNT =
      only(yaml("{metadata: {name: default}, imagePullSecrets: [{name: pull}]}"));

  /** Nothing is there but the service account "default". */
  private static StoredObjects only(ObjectNode account) {
    return new StoredObjects() {
      @Override
      public Optional<ObjectNode> get(GroupVersionResource resource, ObjectKey key) {
        return resource.equals(Resources.SERVICE_ACCOUNTS) && key.name().equals("default")
            ? Optional.of(account)
            : Optional.empty();
      }

      @Override
      public List<ObjectNode> list(GroupVersionResource resource) {
        return List.of();
      }
    };
  }

  @Test
  void defaultsAreUpstreams() {
    var pod =
        yaml(
            """
            metadata: {name: web}
            spec:
              containers:
              - name: web
                image: nginx
                ports: [{containerPort: 80}]
                livenessProbe: {httpGet: {port: 80}}
                resources: {limits: {cpu: 0.5, memory: 64Mi}}
              volumes: [{name: scratch}, {name: settings, configMap: {name: c}}]
            """);
    pods.applyDefaults(pod);
    assertEquals(
        yaml(
            """
            metadata: {name: web}
            spec:
              containers:
              - name: web
                image: nginx
                ports: [{containerPort: 80, protocol: TCP}]
                livenessProbe:
                  httpGet: {port: 80, path: /, scheme: HTTP}
                  timeoutSeconds: 1
                  periodSeconds: 10
                  successThreshold: 1
                  failureThreshold: 3
                resources: {limits: {cpu: 500m, memory: 64Mi}, requests: {cpu: 500m, memory: 64Mi}}
                imagePullPolicy: Always
                terminationMessagePath: /dev/termination-log
                terminationMessagePolicy: File
              volumes:
              - {name: scratch, emptyDir: {}}
              - {name: settings, configMap: {name: c, defaultMode: 420}}
              dnsPolicy: ClusterFirst
              restartPolicy: Always
              schedulerName: default-scheduler
              terminationGracePeriodSeconds: 30
              securityContext: {}
              enableServiceLinks: true
            """),
        pod);
    var again = pod.deepCopy();
    pods.applyDefaults(again);
    assertEquals(pod, again, "idempotent");
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, Always",
    "nginx:latest, Always",
    "nginx:1.29, IfNotPresent",
    "localhost:5000/nginx, Always",
    "localhost:5000/nginx:1, IfNotPresent",
    "nginx@sha256:aa, IfNotPresent",
  })
  void howOftenToPullFollowsTheTag(String image, String policy) {
    var pod = yaml("spec: {containers: [{name: a, image: '" + image + "'}]}");
    pods.applyDefaults(pod);
    assertEquals(policy, pod.at("/spec/containers/0/imagePullPolicy").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | BestEffort",
        "{requests: {cpu: 1}} | Burstable",
        "{limits: {cpu: 1, memory: 1Gi}} | Guaranteed",
        "{limits: {cpu: 1}} | Burstable",
        "{limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 500m}} | Burstable",
      })
  void qualityOfService(String resources, String expected) {
    var pod = yaml("spec: {containers: [{name: a, image: b, resources: " + resources + "}]}");
    pods.applyDefaults(pod);
    pods.prepareForCreate(pod, Instant.EPOCH);
    assertEquals(yaml("{phase: Pending, qosClass: " + expected + "}"), pod.get("status"));
  }

  @Test
  void aPodActsAsTheDefaultServiceAccountAndMountsItsToken() {
    var pod = yaml("{metadata: {name: a, namespace: default}, spec: {containers: [{name: a}]}}");
    pods.admitCreate(pod, DEFAULT_ACCOUNT);
    assertEquals("default", pod.at("/spec/serviceAccountName").asText());
    assertEquals("pull", pod.at("/spec/imagePullSecrets/0/name").asText());
    var volume = pod.at("/spec/volumes/0");
    assertTrue(volume.path("name").asText().matches("kube-api-access-[a-z0-9]{5}"));
    assertEquals(
        3607, volume.at("/projected/sources/0/serviceAccountToken/expirationSeconds").asInt());
    assertEquals(volume.path("name"), pod.at("/spec/containers/0/volumeMounts/0/name"));
    assertEquals(
        yaml("""
            a:
            - {key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 300}
            - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 300}
            """)
            .get("a")
            .toString(),
        pod.at("/spec/tolerations").toString());
    assertEquals(0, pod.at("/spec/priority").asInt(-1));
    assertEquals("PreemptLowerPriority", pod.at("/spec/preemptionPolicy").asText());
  }

  @Test
  void aPodMayRefuseTheToken() {
    var pod =
        yaml(
            "{metadata: {name: a, namespace: default}, spec: {automountServiceAccountToken: false,"
                + " containers: [{name: a}]}}");
    pods.admitCreate(pod, DEFAULT_ACCOUNT);
    assertFalse(pod.path("spec").has("volumes"));
  }

  @ParameterizedTest
  @CsvSource({
    ", , true",
    "true, , true",
    "false, , false",
    ", true, true",
    "true, true, true",
    "false, true, true",
    ", false, false",
    "true, false, false",
    "false, false, false",
  })
  void podAndAccountDecideAboutTheToken(String account, String pod, boolean mounted) {
    var asked = yaml("{metadata: {name: a, namespace: default}, spec: {containers: [{name: a}]}}");
    if (pod != null) {
      asked.withObject("/spec").put("automountServiceAccountToken", Boolean.parseBoolean(pod));
    }
    var its = yaml("{metadata: {name: default}}");
    if (account != null) {
      its.put("automountServiceAccountToken", Boolean.parseBoolean(account));
    }
    pods.admitCreate(asked, only(its));
    assertEquals(mounted, asked.path("spec").has("volumes"));
  }

  @Test
  void anUnknownServiceAccountIsRefused() {
    var pod = yaml("{metadata: {name: a, namespace: ns}, spec: {serviceAccountName: bot}}");
    var refused = assertThrows(ApiException.class, () -> pods.admitCreate(pod, DEFAULT_ACCOUNT));
    assertEquals(
        "pods \"a\" is forbidden: error looking up service account ns/bot: serviceaccount \"bot\" not"
            + " found",
        refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | spec.containers: Required value",
        "{containers: [{image: b}]} | spec.containers[0].name: Required value",
        "{containers: [{name: a}]} | spec.containers[0].image: Required value",
        "{containers: [{name: a, image: b}, {name: a, image: c}]} | spec.containers[1].name: Duplicate value: \"a\"",
        "{containers: [{name: a, image: b, imagePullPolicy: Often}]} | spec.containers[0].imagePullPolicy: Unsupported value: \"Often\": supported values: \"Always\", \"IfNotPresent\", \"Never\"",
        "{restartPolicy: Perhaps, containers: [{name: a, image: b}]} | spec.restartPolicy: Unsupported value: \"Perhaps\": supported values: \"Always\", \"OnFailure\", \"Never\"",
        "{containers: [{name: a, image: b, ports: [{containerPort: 70000}]}]} | spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
        "{containers: [{name: a, image: b, env: [{name: 'A=B'}]}]} | spec.containers[0].env[0].name: Invalid value: \"A=B\": a valid environment variable name must consist only of printable ASCII characters other than '='",
        "{containers: [{name: a, image: b, volumeMounts: [{name: v, mountPath: /m}]}]} | spec.containers[0].volumeMounts[0].name: Not found: \"v\"",
        "{containers: [{name: a, image: b, volumeDevices: [{name: v, devicePath: /d}]}]} | spec.containers[0].volumeDevices[0].name: Not found: \"v\"",
        "{volumes: [{name: v, emptyDir: {}}], containers: [{name: a, image: b, volumeDevices: [{name: v, devicePath: /d}]}]} | spec.containers[0].volumeDevices[0].name: Invalid value: \"v\": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode",
        "{volumes: [{name: v, persistentVolumeClaim: {claimName: c}}], containers: [{name: a, image: b, volumeDevices: [{name: v, devicePath: /../d}]}]} | spec.containers[0].volumeDevices[0].devicePath: Invalid value: \"/../d\": can not contain backsteps ('..')",
        "{volumes: [{name: v, emptyDir: {}}, {name: v, emptyDir: {}}], containers: [{name: a, image: b}]} | spec.volumes[1].name: Duplicate value: \"v\"",
        "{containers: [{name: a, image: b, resources: {requests: {cpu: 2}, limits: {cpu: 1}}}]} | spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1",
        "{containers: [{name: a, image: b, livenessProbe: {}}]} | spec.containers[0].livenessProbe: Required value: must specify a handler type",
        "{terminationGracePeriodSeconds: -1, containers: [{name: a, image: b}]} | spec.terminationGracePeriodSeconds: Invalid value: -1: must be greater than or equal to 0",
      })
  void whatIsWrongIsSaidInUpstreamsWords(String spec, String expected) {
    var pod = yaml("spec: " + spec);
    assertEquals(List.of(expected), found(violations -> pods.validate(pod, violations)));
  }

  @Test
  void namesOfKernelParametersAreChecked() {
    var pod =
        yaml(
            "spec: {containers: [{name: a, image: b}], securityContext: {sysctls: [{name: foo-, value: x},"
                + " {name: kernel.shmmax, value: '1'}, {name: safe-and-unsafe, value: '1'},"
                + " {name: bar.., value: '1'}, {name: kernel/shmmax}, {value: x},"
                + " {name: kernel.shmmax}]}}");
    var rule =
        "must have at most 253 characters and match regex"
            + " ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
    var at = "spec.securityContext.sysctls[%d].name: ";
    assertEquals(
        List.of(
            at.formatted(0) + "Invalid value: \"foo-\": " + rule,
            at.formatted(3) + "Invalid value: \"bar..\": " + rule,
            at.formatted(5) + "Required value",
            at.formatted(6) + "Duplicate value: \"kernel.shmmax\""),
        found(violations -> pods.validate(pod, violations)));
  }

  @Test
  void onlyImagesAndLittleElseMayChange() {
    var current = yaml("spec: {containers: [{name: a, image: b}], tolerations: [{key: x}]}");
    var image =
        yaml("spec: {containers: [{name: a, image: c}], tolerations: [{key: x}, {key: y}]}");
    assertEquals(List.of(), found(violations -> pods.validateUpdate(image, current, violations)));
    var empty =
        yaml(
            "spec: {volumes: [], containers: [{name: a, image: b, args: []}], tolerations: [{key: x}]}");
    assertEquals(List.of(), found(violations -> pods.validateUpdate(empty, current, violations)));
    var command =
        yaml("spec: {containers: [{name: a, image: b, command: [x]}], tolerations: [{key: x}]}");
    var refused = found(violations -> pods.validateUpdate(command, current, violations));
    assertEquals(1, refused.size());
    assertTrue(
        refused
            .getFirst()
            .startsWith(
                "spec: Forbidden: pod updates may not change fields other than"
                    + " `spec.containers[*].image`,`spec.initContainers[*].image`,"));
    var fewer = yaml("spec: {containers: [{name: a, image: b}]}");
    assertEquals(
        List.of(
            "spec.tolerations: Forbidden: existing toleration can not be modified except its"
                + " tolerationSeconds"),
        found(violations -> pods.validateUpdate(fewer, current, violations)));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "'{spec: {nodeName: n, terminationGracePeriodSeconds: 30}, status: {phase: Running}}', -, 30",
        "'{spec: {nodeName: n, terminationGracePeriodSeconds: 30}, status: {phase: Running}}', 5, 5",
        "'{spec: {terminationGracePeriodSeconds: 30}, status: {phase: Pending}}', -, 0",
        "'{spec: {nodeName: n, terminationGracePeriodSeconds: 30}, status: {phase: Failed}}', -, 0",
      })
  void howLongADeletionWaits(String pod, Long asked, long seconds) {
    assertEquals(seconds, pods.gracePeriodSeconds(yaml(pod), asked));
  }

  @Test
  void selectableFieldsAreThoseItNames() {
    var fields =
        pods.selectableFields(
            yaml("{spec: {nodeName: n, hostNetwork: true}, status: {phase: Running}}"));
    assertEquals(pods.selectableFieldNames(), fields.keySet());
    assertEquals("n", fields.get("spec.nodeName"));
    assertEquals("true", fields.get("spec.hostNetwork"));
    assertEquals("", fields.get("status.podIP"));
  }

  @Test
  void whatANodeRunsOfItselfIsSaidOnce() {
    var plain = yaml("{metadata: {}, spec: {containers: [{name: a, image: b}]}}");
    var mirror =
        yaml(
            "{metadata: {annotations: {kubernetes.io/config.mirror: u}},"
                + " spec: {containers: [{name: a, image: b}]}}");
    var path = "metadata.annotations[kubernetes.io/config.mirror]: Forbidden: ";
    assertEquals(
        List.of(path + "may not add mirror pod annotation"),
        found(violations -> pods.validateUpdate(mirror, plain, violations)));
    assertEquals(
        List.of(path + "may not remove or update mirror pod annotation"),
        found(violations -> pods.validateUpdate(plain, mirror, violations)));
  }
}
