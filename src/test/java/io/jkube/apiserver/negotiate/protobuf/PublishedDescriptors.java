package io.jkube.apiserver.negotiate.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.proto.V1;
import java.io.File;
import java.io.IOException;
import java.util.TreeMap;
import java.util.zip.ZipFile;

/** The descriptors that {@code client-java-proto} carries, by the names of our definitions. */
final class PublishedDescriptors {
  private PublishedDescriptors() {}

  static TreeMap<String, Descriptor> all() throws ReflectiveOperationException, IOException {
    var found = new TreeMap<String, Descriptor>();
    var jar = new File(V1.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    try (var zip = new ZipFile(jar)) {
      for (var entry : zip.stream().toList()) {
        var name = entry.getName();
        if (name.endsWith(".class") && !name.contains("$")) {
          var type = Class.forName(name.replace(".class", "").replace('/', '.'));
          var file = (FileDescriptor) type.getMethod("getDescriptor").invoke(null);
          file.getMessageTypes().forEach(each -> found.put(definition(file, each), each));
        }
      }
    }
    return found;
  }

  /** {@code io.k8s.api.core.v1.Pod} for {@code k8s.io.api.core.v1.Pod}. */
  private static String definition(FileDescriptor file, Descriptor message) {
    var packageName = file.getPackage().replace('_', '-').replaceFirst("^k8s\\.io\\.", "io.k8s.");
    return packageName + "." + message.getName();
  }
}
