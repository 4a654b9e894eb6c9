package io.jkube.cli.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.cli.resource.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What of an object is somebody's wish, and what the cluster's. */
final class ManifestsTest {
  private static final ResourceType PODS = type("", "v1", "pods", "Pod");
  private static final ResourceType SERVICES = type("", "v1", "services", "Service");
  private static final ResourceType SECRETS = type("", "v1", "secrets", "Secret");
  private static final ResourceType CLAIMS =
      type("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim");
  private static final ResourceType JOBS = type("batch", "v1", "jobs", "Job");

  @Test
  void metadataIsNameLabelsAndPeoplesAnnotations() {
    var pod =
        object(
            "{'metadata':{'name':'a','namespace':'n','uid':'u','resourceVersion':'7',"
                + "'generation':2,'creationTimestamp':'t','managedFields':[{}],'finalizers':['f'],"
                + "'generateName':'a-','labels':{'app':'web'},"
                + "'annotations':{'team':'x','volume.kubernetes.io/selected-node':'jkube',"
                + "'kubectl.kubernetes.io/last-applied-configuration':'{}'}},"
                + "'status':{'phase':'Running'}}");
    assertEquals(
        object(
            "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a','namespace':'n',"
                + "'labels':{'app':'web'},'annotations':{'team':'x'}}}"),
        Manifests.of(PODS, pod));
  }

  @Test
  void aPodLosesItsPlaceItsTokenAndTheDefaults() {
    var pod =
        object(
            "{'metadata':{'name':'a'},'spec':{'nodeName':'jkube','serviceAccount':'robot',"
                + "'serviceAccountName':'robot','priority':0,'preemptionPolicy':'Always',"
                + "'volumes':[{'name':'data'},{'name':'kube-api-access-x'}],"
                + "'tolerations':[{'key':'node.kubernetes.io/not-ready','tolerationSeconds':300},"
                + "{'key':'node.kubernetes.io/unreachable','tolerationSeconds':5}],"
                + "'containers':[{'name':'c','volumeMounts':[{'name':'kube-api-access-x'}]}]}}");
    assertEquals(
        object(
            "{'serviceAccountName':'robot','volumes':[{'name':'data'}],"
                + "'tolerations':[{'key':'node.kubernetes.io/unreachable','tolerationSeconds':5}],"
                + "'containers':[{'name':'c'}]}"),
        Manifests.of(PODS, pod).get("spec"));
  }

  @Test
  void aNodePortStaysWhereSomebodyAskedForIt() {
    var service =
        object(
            "{'metadata':{'name':'s','annotations':{"
                + "'kubectl.kubernetes.io/last-applied-configuration':"
                + "'{~spec~:{~ports~:[{~nodePort~:30001}]}}'}},"
                + "'spec':{'clusterIP':'10.96.0.7','clusterIPs':['10.96.0.7'],"
                + "'ipFamilies':['IPv4'],'ipFamilyPolicy':'SingleStack',"
                + "'ports':[{'port':80,'nodePort':30001},{'port':81,'nodePort':30002}]}}");
    assertEquals(
        object("{'ports':[{'port':80,'nodePort':30001},{'port':81}]}"),
        Manifests.of(SERVICES, service).get("spec"));
    var headless = object("{'metadata':{},'spec':{'clusterIP':'None','clusterIPs':['None']}}");
    assertEquals(
        object("{'clusterIP':'None','clusterIPs':['None']}"),
        Manifests.of(SERVICES, headless).get("spec"));
  }

  @Test
  void aNodePortStaysThatAClientManages() {
    var service =
        object(
            "{'metadata':{'name':'s','managedFields':[{'manager':'helm','fieldsV1':{'f:spec':"
                + "{'f:ports':{'k:{~port~:53,~protocol~:~UDP~}':{'f:nodePort':{},'f:port':{}},"
                + "'k:{~port~:53,~protocol~:~TCP~}':{'f:port':{}}}}}},{'manager':'x'}]},"
                + "'spec':{'ports':[{'port':53,'protocol':'UDP','nodePort':30001},"
                + "{'port':53,'protocol':'TCP','nodePort':30002}]}}");
    assertEquals(
        object(
            "{'ports':[{'port':53,'protocol':'UDP','nodePort':30001},"
                + "{'port':53,'protocol':'TCP'}]}"),
        Manifests.of(SERVICES, service).get("spec"));
  }

  @Test
  void aTokenIsNotWritten() {
    var token =
        object(
            "{'metadata':{'name':'t'},'type':'kubernetes.io/service-account-token',"
                + "'data':{'token':'c2VjcmV0'}}");
    assertFalse(Manifests.of(SECRETS, token).has("data"));
    var password = object("{'metadata':{'name':'p'},'type':'Opaque','data':{'a':'Yg=='}}");
    assertEquals("Yg==", Manifests.of(SECRETS, password).at("/data/a").asText());
  }

  @Test
  void aClaimFindsAVolumeOfTheNextCluster() {
    var claim =
        object("{'metadata':{},'spec':{'volumeName':'pv','storageClassName':'standard','a':1}}");
    assertEquals(object("{'a':1}"), Manifests.of(CLAIMS, claim).get("spec"));
    var other = object("{'metadata':{},'spec':{'storageClassName':'fast'}}");
    assertEquals(object("{'storageClassName':'fast'}"), Manifests.of(CLAIMS, other).get("spec"));
  }

  @Test
  void aJobGetsASelectorOfItsOwn() {
    var job =
        object(
            "{'metadata':{'labels':{'job-name':'j','app':'x'}},"
                + "'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':"
                + "{'creationTimestamp':null,'labels':{'controller-uid':'u'}},'spec':{}}}}");
    var manifest = Manifests.of(JOBS, job);
    job = object("{'template':{'metadata':{},'spec':{}}}");
    assertEquals(job, manifest.get("spec"));
    assertEquals(object("{'app':'x'}"), manifest.at("/metadata/labels"));
  }

  @Test
  void whatAClusterMakesIsNobodysWish() {
    assertTrue(Choice.isMade(PODS, object("{'metadata':{'name':'a','namespace':'n'}}")));
    for (var own :
        List.of(
            "{'metadata':{'namespace':'kube-system'}}",
            "{'metadata':{'deletionTimestamp':'t'}}",
            "{'metadata':{'ownerReferences':[{'controller':true}]}}",
            "{'metadata':{},'status':{'phase':'Succeeded'}}")) {
      assertFalse(Choice.isMade(PODS, object(own)), own);
    }
    assertFalse(
        Choice.isMade(
            JOBS,
            object(
                "{'metadata':{},'status':{'conditions':[{'type':'Complete','status':'True'}]}}")));
    assertFalse(
        Choice.isMade(
            SERVICES, object("{'metadata':{'name':'kubernetes','namespace':'default'}}")));
    assertTrue(
        Choice.isMade(SERVICES, object("{'metadata':{'name':'kubernetes','namespace':'n'}}")));
    assertFalse(Choice.canBeMade(type("", "v1", "nodes", "Node")));
  }

  @Test
  void whatOthersNeedComesFirst() {
    assertEquals(
        List.of(
            "Namespace", "CustomResourceDefinition", "Secret", "Deployment", "Zebra", "APIService"),
        Stream.of(
                "Deployment",
                "APIService",
                "Zebra",
                "Secret",
                "CustomResourceDefinition",
                "Namespace")
            .map(kind -> Json.object().put("kind", kind))
            .sorted(Order.OF_NEED)
            .map(each -> each.path("kind").asText())
            .toList());
  }

  private static ResourceType type(String group, String version, String resource, String kind) {
    return new ResourceType(
        new GroupVersionResource(group, version, resource),
        "",
        kind,
        true,
        List.of(),
        List.of("list", "create"),
        List.of());
  }

  private static ObjectNode object(String text) {
    var json = text.replace('\'', '"').replace("~", "\\\"");
    return Json.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
