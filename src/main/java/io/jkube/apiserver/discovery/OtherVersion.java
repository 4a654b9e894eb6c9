package io.jkube.apiserver.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * A group version that another server serves.
 *
 * @param resources its APIResourceList; null while nobody knows it
 * @param current whether the server can be asked
 */
public record OtherVersion(
    String group,
    String version,
    int groupPriority,
    int versionPriority,
    ObjectNode resources,
    boolean current) {
  public OtherVersion {
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(version, "version");
  }
}
