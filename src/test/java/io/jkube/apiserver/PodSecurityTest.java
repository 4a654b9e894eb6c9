package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static io.jkube.apiserver.TestServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Namespaces with labels of the Pod Security Standards. */
@Timeout(20)
final class PodSecurityTest {
  private static final String HARDENED =
      "'securityContext':{'allowPrivilegeEscalation':false,'runAsNonRoot':true,'capabilities':{'drop':['ALL']},'seccompProfile':{'type':'RuntimeDefault'}}";
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private void label(String labels) {
    server.patch(
        "/api/v1/namespaces/default",
        "application/merge-patch+json",
        "{'metadata':{'labels':{" + labels + "}}}");
  }

  private static String enforce(String level) {
    return "'pod-security.kubernetes.io/enforce':'" + level + "'";
  }

  private Reply post(String path, String body) {
    return server.ask("POST", path, "application/json", new Body.Tree(json(body)));
  }

  private Reply pod(String container, String spec) {
    return post(
        "/api/v1/namespaces/default/pods",
        "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'i'%s}]%s}}"
            .formatted(container, spec));
  }

  private String refusal(String container, String spec) {
    return ((Reply.Failed) pod(container, spec)).failure().getMessage();
  }

  @Test
  void restrictedPodsMustBeHardened() {
    label(enforce("restricted"));
    assertEquals(
        "pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\":"
            + " allowPrivilegeEscalation != false (container \"c\" must set"
            + " securityContext.allowPrivilegeEscalation=false), unrestricted capabilities"
            + " (container \"c\" must set securityContext.capabilities.drop=[\"ALL\"]),"
            + " runAsNonRoot != true (pod or container \"c\" must set"
            + " securityContext.runAsNonRoot=true), seccompProfile (pod or container \"c\" must set"
            + " securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")",
        refusal("", ""));
    assertEquals(201, pod("," + HARDENED, "").code());
  }

  @Test
  void baselineForbidsWhatOpensTheNode() {
    label(enforce("baseline"));
    assertEquals(
        "pods \"p\" is forbidden: violates PodSecurity \"baseline:latest\": non-default"
            + " capabilities (container \"c\" must not include \"NET_ADMIN\", \"SYS_TIME\" in"
            + " securityContext.capabilities.add), host namespaces (hostNetwork=true,"
            + " hostPID=true), hostPath volumes (volume \"v\"), hostPort (container \"c\" uses"
            + " hostPort 80), privileged (container \"c\" must not set"
            + " securityContext.privileged=true), seccompProfile (pod must not set"
            + " securityContext.seccompProfile.type to \"Unconfined\"), forbidden sysctls"
            + " (kernel.msgmax)",
        refusal(
            ",'ports':[{'containerPort':80,'hostPort':80}],'securityContext':{'privileged':true,'capabilities':{'add':['SYS_TIME','NET_ADMIN','CHOWN']}}",
            ",'hostNetwork':true,'hostPID':true,'volumes':[{'name':'v','hostPath':{'path':'/'}}],'securityContext':{'seccompProfile':{'type':'Unconfined'},'sysctls':[{'name':'kernel.msgmax','value':'1'},{'name':'net.ipv4.tcp_rmem','value':'1'}]}"));
    assertEquals(201, pod("", "").code());
  }

  @Test
  void aStandardIsThatOfItsVersion() {
    label(enforce("restricted") + ",'pod-security.kubernetes.io/enforce-version':'v1.18'");
    assertEquals(
        "pods \"p\" is forbidden: violates PodSecurity \"restricted:v1.18\":"
            + " allowPrivilegeEscalation != false (container \"c\" must set"
            + " securityContext.allowPrivilegeEscalation=false), restricted volume types (volume"
            + " \"v\" uses restricted volume type \"nfs\"), runAsNonRoot != true (pod must not set"
            + " securityContext.runAsNonRoot=false)",
        refusal(
            "",
            ",'securityContext':{'runAsNonRoot':false},'volumes':[{'name':'v','nfs':{'server':'s','path':'/'}}]"));
  }

  @Test
  void whatMakesPodsIsWarnedOf() {
    label(enforce("baseline"));
    var deployment =
        "{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'hostIPC':true,'containers':[{'name':'c','image':'i'}]}}}}";
    var made = (Reply.Found) post("/apis/apps/v1/namespaces/default/deployments", deployment);
    assertEquals(
        List.of("would violate PodSecurity \"baseline:latest\": host namespaces (hostIPC=true)"),
        made.warnings());
  }

  @Test
  void warningsAloneLetPodsPass() {
    label("'pod-security.kubernetes.io/warn':'baseline'");
    var made = (Reply.Found) pod(",'securityContext':{'privileged':true}", "");
    assertEquals(
        List.of(
            "would violate PodSecurity \"baseline:latest\": privileged (container \"c\" must not"
                + " set securityContext.privileged=true)"),
        made.warnings());
  }

  @Test
  void aNamespaceThatGetsStricterTellsOfItsPods() {
    pod("", ",'hostNetwork':true");
    var body = "{\"metadata\":{\"labels\":{" + enforce("baseline").replace('\'', '"') + "}}}";
    var changed =
        (Reply.Found)
            server.ask(
                "PATCH",
                "/api/v1/namespaces/default",
                "application/merge-patch+json",
                new Body.Encoded(body.getBytes()));
    assertEquals(
        List.of(
            "existing pods in namespace \"default\" violate the new PodSecurity enforce level"
                + " \"baseline:latest\"",
            "p: host namespaces"),
        changed.warnings());
    server.patch(
        "/api/v1/namespaces/default/pods/p",
        "application/merge-patch+json",
        "{'metadata':{'labels':{'still':'there'}}}");
    failure(
        () ->
            server.patch(
                "/api/v1/namespaces/default/pods/p",
                "application/strategic-merge-patch+json",
                "{'spec':{'containers':[{'name':'c','image':'other'}]}}"));
  }

  @Test
  void labelsWithoutSenseAreRefused() {
    assertEquals(
        "Namespace \"n\" is invalid: metadata.labels[pod-security.kubernetes.io/enforce]: Invalid"
            + " value: \"strict\": must be one of privileged, baseline, restricted",
        failure(
                () ->
                    server.post(
                        "/api/v1/namespaces",
                        "{'metadata':{'name':'n','labels':{" + enforce("strict") + "}}}"))
            .getMessage());
  }
}
