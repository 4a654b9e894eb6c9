package io.jkube.kubelet.runtime.docker;

import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import java.net.URI;

/**
 * docker-java's configuration: the API to speak and nothing else. No file of the user is read and
 * no credentials are added to a request behind our back.
 */
record EngineConfig(EngineVersion.Api api) implements DockerClientConfig {
  @Override
  public RemoteApiVersion getApiVersion() {
    return RemoteApiVersion.create(api.major(), api.minor());
  }

  @Override
  public URI getDockerHost() {
    return URI.create("unix:///");
  }

  @Override
  public AuthConfig effectiveAuthConfig(String imageName) {
    return null;
  }

  @Override
  public AuthConfigurations getAuthConfigurations() {
    return new AuthConfigurations();
  }

  @Override
  public String getRegistryUsername() {
    return null;
  }

  @Override
  public String getRegistryPassword() {
    return null;
  }

  @Override
  public String getRegistryEmail() {
    return null;
  }

  @Override
  public String getRegistryUrl() {
    return null;
  }

  @Override
  public SSLConfig getSSLConfig() {
    return null;
  }
}
