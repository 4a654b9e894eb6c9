package io.jkube.registry.cel.function;

/** The libraries, a line each. */
public final class KubernetesFunctions {
  private KubernetesFunctions() {}

  public static FunctionTable table() {
    var table = new FunctionTable();
    ListFunctions.addTo(table);
    TextFunctions.addTo(table);
    UrlFunctions.addTo(table);
    AddressFunctions.addTo(table);
    QuantityFunctions.addTo(table);
    SemverFunctions.addTo(table);
    FormatFunctions.addTo(table);
    PatchFunctions.addTo(table);
    AuthorizerFunctions.addTo(table);
    return table;
  }
}
