package io.jkube.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Definitions of custom resources, as JSON with single quotes. */
final class TestCrds {
  static final String PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  static final String WIDGETS = "/apis/example.com/v1/namespaces/default/widgets";
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private TestCrds() {}

  static String widgets() {
    return """
        {'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition',
         'metadata':{'name':'widgets.example.com'},
         'spec':{'group':'example.com','scope':'Namespaced',
          'names':{'plural':'widgets','shortNames':['wd'],'kind':'Widget'},
          'versions':[{'name':'v1','served':true,'storage':true,
           'subresources':{'status':{},'scale':{'specReplicasPath':'.spec.size',
             'statusReplicasPath':'.status.current','labelSelectorPath':'.status.selector'}},
           'selectableFields':[{'jsonPath':'.spec.color'}],
           'additionalPrinterColumns':[
             {'name':'Color','type':'string','jsonPath':'.spec.color'},
             {'name':'Size','type':'integer','jsonPath':'.spec.size'}],
           'schema':{'openAPIV3Schema':{'type':'object','description':'Something small.',
            'properties':{
             'spec':{'type':'object','required':['size'],'properties':{
               'size':{'type':'integer','minimum':1,'description':'How big it is.'},
               'color':{'type':'string','enum':['red','green'],'default':'red'},
               'code':{'type':'string','pattern':'^[a-z]+$'},
               'free':{'type':'object','x-kubernetes-preserve-unknown-fields':true},
               'port':{'x-kubernetes-int-or-string':true},
               'tags':{'type':'array','items':{'type':'string'},'x-kubernetes-list-type':'set'},
               'parts':{'type':'array','x-kubernetes-list-type':'map',
                 'x-kubernetes-list-map-keys':['name'],'items':{'type':'object',
                 'required':['name'],'properties':{'name':{'type':'string'},
                 'weight':{'type':'integer'}}}}}},
             'status':{'type':'object','properties':{'phase':{'type':'string'},
               'current':{'type':'integer'},'selector':{'type':'string'}}}}}}}]}}
        """;
  }

  /** v1 is stored, v2 served beside it. */
  static String twoVersions() {
    var schema =
        "'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object',"
            + "'properties':{'n':{'type':'integer'}}}}}}";
    return "{'metadata':{'name':'gadgets.example.com'},'spec':{'group':'example.com',"
        + "'scope':'Namespaced','names':{'plural':'gadgets','kind':'Gadget'},'versions':["
        + "{'name':'v1','served':true,'storage':true,"
        + schema
        + "},{'name':'v2','served':true,'storage':false,"
        + schema
        + "}]}}";
  }

  /** Makes a definition and waits until it is served. */
  static void create(TestServer server, String crd) {
    var name = server.post(PATH, crd).at("/metadata/name").asText();
    awaitEstablished(server, name);
  }

  static ObjectNode awaitEstablished(TestServer server, String name) {
    var path = PATH + "/" + name;
    await(() -> isEstablished(server.get(path)));
    return server.get(path);
  }

  private static boolean isEstablished(ObjectNode crd) {
    for (var condition : crd.at("/status/conditions")) {
      if (condition.path("type").asText().equals("Established")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  /** Waits for what becomes true soon. */
  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("it did not become so");
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
