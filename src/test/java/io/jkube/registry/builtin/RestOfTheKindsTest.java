package io.jkube.registry.builtin;

import static io.jkube.registry.KindRules.assertCreation;
import static io.jkube.registry.KindRules.assertUpdate;
import static io.jkube.registry.KindRules.created;
import static io.jkube.registry.KindRules.definition;
import static io.jkube.registry.Trees.row;
import static io.jkube.registry.Trees.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Storage drivers, webhooks and policies, flow control, devices. */
class RestOfTheKindsTest {
  private static final String HOOK =
      "name: a.b.c, sideEffects: None, admissionReviewVersions: [v1], clientConfig: {url:"
          + " 'https://x'}";
  private static final String RULE =
      "{operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*']}";
  private static final String POLICY =
      "matchConstraints: {resourceRules: [" + RULE + "]}, validations: [{expression: 'true'}]";
  private static final String SLICE = "driver: a.b, pool: {name: p, resourceSliceCount: 1}";

  private static String filled(String text) {
    return text.replace("$H", HOOK).replace("$R", RULE).replace("$P", POLICY).replace("$S", SLICE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "CSIDriver# {metadata: {name: a.b}, spec: {}}#",
        "CSIDriver# {metadata: {name: a.b}, spec: {fsGroupPolicy: Odd}}# spec.fsGroupPolicy: Unsupported value: \"Odd\": supported values: \"File\", \"None\", \"ReadWriteOnceWithFSType\"",
        "CSINode# {spec: {drivers: [{name: a.b}]}}# spec.drivers[0].nodeID: Required value",
        "VolumeAttachment# {spec: {attacher: a.b, nodeName: n, source: {}}}# spec.source: Required value: must specify exactly one of inlineVolumeSpec and persistentVolumeName",
        "VolumeAttributesClass# {driverName: a.b}# parameters: Required value: must contain at least one key/value pair",
        "CSIStorageCapacity# {storageClassName: s, capacity: -1Gi}# capacity: Invalid value: \"-1Gi\": must be greater than or equal to 0",
        "ValidatingWebhookConfiguration# {webhooks: [{$H, rules: [$R]}]}#",
        "ValidatingWebhookConfiguration# {webhooks: [{name: a, admissionReviewVersions: [v1], clientConfig: {url: 'https://x'}}]}# webhooks[0].name: Invalid value: \"a\": should be a domain with at least three segments separated by dots;; webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun",
        "ValidatingWebhookConfiguration# {webhooks: [{$H, timeoutSeconds: 31}]}# webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds",
        "MutatingWebhookConfiguration# {webhooks: [{name: a.b.c, sideEffects: None, admissionReviewVersions: [v1], clientConfig: {}}]}# webhooks[0].clientConfig: Required value: exactly one of url or service is required",
        "MutatingWebhookConfiguration# {webhooks: [{$H, rules: [{operations: [PATCH], apiGroups: ['*', a], apiVersions: [v1], resources: [pods]}]}]}# webhooks[0].rules[0].apiGroups: Invalid value: [\"*\",\"a\"]: if '*' is present, must not specify other API groups;; webhooks[0].rules[0].operations[0]: Unsupported value: \"PATCH\": supported values: \"*\", \"CONNECT\", \"CREATE\", \"DELETE\", \"UPDATE\"",
        "ValidatingAdmissionPolicy# {spec: {$P}}#",
        "ValidatingAdmissionPolicy# {spec: {}}# spec.matchConstraints: Required value;; spec.validations: Required value: validations or auditAnnotations must contain at least one item;; spec.auditAnnotations: Required value: validations or auditAnnotations must contain at least one item",
        "ValidatingAdmissionPolicyBinding# {spec: {policyName: p, validationActions: [Deny, Warn]}}# spec.validationActions: Invalid value: [\"Deny\",\"Warn\"]: must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)",
        "FlowSchema# {spec: {priorityLevelConfiguration: {name: p}, matchingPrecedence: 10001}}# spec.matchingPrecedence: Invalid value: 10001: must not be greater than 10000",
        "FlowSchema# {spec: {priorityLevelConfiguration: {name: p}, rules: [{subjects: [{kind: User}], resourceRules: [{}]}]}}# spec.rules[0].subjects[0].user: Required value: user is required when subject kind is 'User'",
        "PriorityLevelConfiguration# {spec: {type: Limited}}# spec.limited: Required value: must not be empty when type is Limited",
        "PriorityLevelConfiguration# {spec: {type: Odd}}# spec.type: Unsupported value: \"Odd\": supported values: \"Exempt\", \"Limited\"",
        "ResourceClaim# {spec: {devices: {requests: [{name: r, exactly: {deviceClassName: c}}]}}}#",
        "ResourceClaim# {spec: {devices: {requests: [{name: r}]}}}# spec.devices.requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required",
        "ResourceClaim# {spec: {devices: {requests: [{name: r, exactly: {}}]}}}# spec.devices.requests[0].exactly.deviceClassName: Required value",
        "ResourceClaimTemplate# {spec: {spec: {devices: {requests: [{name: r, exactly: {deviceClassName: c, count: -1}}]}}}}# spec.spec.devices.requests[0].exactly.count: Invalid value: -1: must be greater than zero",
        "DeviceClass# {spec: {selectors: [{}]}}# spec.selectors[0].cel: Required value",
        "ResourceSlice# {spec: {$S, nodeName: n, devices: [{name: d}]}}#",
        "ResourceSlice# {spec: {$S}}# spec: Required value: exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required",
      })
  void rules(String kind, String object, String expected) {
    assertCreation(kind, filled(object), expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "CSIDriver# {spec: {attachRequired: true}}# {spec: {attachRequired: false}}# spec.attachRequired: Invalid value: false: field is immutable",
        "VolumeAttributesClass# {driverName: a.b}# {driverName: a.c}# driverName: Forbidden: updates to driverName are forbidden.",
        "ResourceClaim# {spec: {devices: {}}}# {spec: {}}# spec: Invalid value: {}: field is immutable",
        "ResourceSlice# {spec: {nodeName: a}}# {spec: {nodeName: b}}# spec.nodeName: Invalid value: \"b\": field is immutable",
      })
  void whatNeverChanges(String kind, String current, String updated, String expected) {
    assertUpdate(kind, current, updated, expected);
  }

  @Test
  void defaults() {
    assertEquals(
        yaml(
            "{attachRequired: true, podInfoOnMount: false, storageCapacity: false, fsGroupPolicy:"
                + " ReadWriteOnceWithFSType, volumeLifecycleModes: [Persistent], requiresRepublish:"
                + " false, seLinuxMount: false}"),
        created("CSIDriver", "{spec: {}}").get("spec"));
    var hook =
        created("MutatingWebhookConfiguration", filled("{webhooks: [{$H, rules: [$R]}]}"))
            .at("/webhooks/0");
    assertEquals("Fail", hook.get("failurePolicy").asText());
    assertEquals("Equivalent", hook.get("matchPolicy").asText());
    assertEquals("Never", hook.get("reinvocationPolicy").asText());
    assertEquals(10, hook.get("timeoutSeconds").asInt());
    assertEquals("*", hook.at("/rules/0/scope").asText());
    assertEquals(
        yaml(
            "{nominalConcurrencyShares: 30, lendablePercent: 0, limitResponse: {type: Queue,"
                + " queuing: {queues: 64, handSize: 8, queueLengthLimit: 50}}}"),
        created(
                "PriorityLevelConfiguration",
                "{spec: {type: Limited, limited: {limitResponse: {type: Queue, queuing: {}}}}}")
            .at("/spec/limited"));
    assertEquals(
        yaml("{allocationMode: ExactCount, count: 1}"),
        created("ResourceClaim", "{spec: {devices: {requests: [{exactly: {}}]}}}")
            .at("/spec/devices/requests/0/exactly"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "CSIDriver# {metadata: {name: d}, spec: {tokenRequests: [{audience: a}]}}# d | true | false | false | a | false | <none> | null",
        "CSINode# {metadata: {name: n}, spec: {drivers: [{}, {}]}}# n | 2 | null",
        "VolumeAttachment# {metadata: {name: a}, spec: {attacher: x, nodeName: n, source: {persistentVolumeName: v}}, status: {attached: true}}# a | x | v | n | true | null",
        "ValidatingAdmissionPolicy# {metadata: {name: p}, spec: {paramKind: {apiVersion: v1, kind: K}, validations: [{}]}}# p | 1 | v1/K | null",
        "ValidatingAdmissionPolicyBinding# {metadata: {name: b}, spec: {policyName: p}}# b | p | <unset> | null",
        "FlowSchema# {metadata: {name: f}, spec: {priorityLevelConfiguration: {name: p}, matchingPrecedence: 3}, status: {conditions: [{type: Dangling, status: 'False'}]}}# f | p | 3 | <none> | null | False",
        "PriorityLevelConfiguration# {metadata: {name: p}, spec: {type: Limited, limited: {nominalConcurrencyShares: 5}}}# p | Limited | 5 | <none> | <none> | <none> | null",
        "ResourceClaim# {metadata: {name: c}, status: {allocation: {}, reservedFor: [{}]}}# c | allocated,reserved | null",
        "ResourceClaim# {metadata: {name: c}}# c | pending | null",
        "CertificateSigningRequest# {metadata: {name: r}, spec: {signerName: s, username: u, expirationSeconds: 3600}, status: {conditions: [{type: Approved}], certificate: eA==}}# r | null | s | u | 60m | Approved,Issued",
      })
  void rows(String kind, String object, String cells) {
    assertEquals(cells, row(definition(kind), yaml(object)));
  }
}
