package io.jkube.api;

/** The built-in resources that components speak of by name. */
public final class Resources {
  public static final GroupVersionResource PODS = core("pods");
  public static final GroupVersionResource NODES = core("nodes");
  public static final GroupVersionResource NAMESPACES = core("namespaces");
  public static final GroupVersionResource SERVICES = core("services");
  public static final GroupVersionResource ENDPOINTS = core("endpoints");
  public static final GroupVersionResource CONFIG_MAPS = core("configmaps");
  public static final GroupVersionResource SECRETS = core("secrets");
  public static final GroupVersionResource SERVICE_ACCOUNTS = core("serviceaccounts");
  public static final GroupVersionResource EVENTS = core("events");
  public static final GroupVersionResource VOLUMES = core("persistentvolumes");
  public static final GroupVersionResource VOLUME_CLAIMS = core("persistentvolumeclaims");
  public static final GroupVersionResource STORAGE_CLASSES =
      new GroupVersionResource("storage.k8s.io", "v1", "storageclasses");
  public static final GroupVersionResource ENDPOINT_SLICES =
      new GroupVersionResource("discovery.k8s.io", "v1", "endpointslices");
  public static final GroupVersionResource NETWORK_POLICIES =
      new GroupVersionResource("networking.k8s.io", "v1", "networkpolicies");
  public static final GroupVersionResource INGRESSES =
      new GroupVersionResource("networking.k8s.io", "v1", "ingresses");
  public static final GroupVersionResource INGRESS_CLASSES =
      new GroupVersionResource("networking.k8s.io", "v1", "ingressclasses");
  public static final GroupVersionResource SERVICE_CIDRS =
      new GroupVersionResource("networking.k8s.io", "v1", "servicecidrs");
  public static final GroupVersionResource IP_ADDRESSES =
      new GroupVersionResource("networking.k8s.io", "v1", "ipaddresses");
  public static final GroupVersionResource LEASES =
      new GroupVersionResource("coordination.k8s.io", "v1", "leases");
  public static final GroupVersionResource CUSTOM_RESOURCE_DEFINITIONS =
      new GroupVersionResource("apiextensions.k8s.io", "v1", "customresourcedefinitions");
  public static final GroupVersionResource VALIDATING_ADMISSION_POLICIES =
      new GroupVersionResource("admissionregistration.k8s.io", "v1", "validatingadmissionpolicies");
  public static final GroupVersionResource API_SERVICES =
      new GroupVersionResource("apiregistration.k8s.io", "v1", "apiservices");
  public static final GroupVersionResource SIGNING_REQUESTS =
      new GroupVersionResource("certificates.k8s.io", "v1", "certificatesigningrequests");
  public static final GroupVersionResource RESOURCE_SLICES =
      new GroupVersionResource("resource.k8s.io", "v1", "resourceslices");

  private Resources() {}

  private static GroupVersionResource core(String resource) {
    return new GroupVersionResource("", "v1", resource);
  }
}
