package io.jkube.kubelet.runtime.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.kubelet.runtime.ContainerRuntime.RegistryCredentials;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.runtime.RuntimeFailure.Kind;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Names of images, and pulls. */
final class Images {
  /** What a reference may be made of; the engine knows the finer rules. */
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:/@-]*");

  private Images() {}

  /**
   * A reference in the path of a request.
   *
   * @throws RuntimeFailure REFUSED where it is none, with the words upstream has for it
   */
  static String path(String reference) {
    if (!REFERENCE.matcher(reference).matches()) {
      throw new RuntimeFailure(Kind.REFUSED, "invalid reference format: " + reference, null);
    }
    return reference;
  }

  static void pull(
      Engine engine, String reference, RegistryCredentials credentials, Consumer<String> progress) {
    Map<String, String> headers =
        credentials == null ? Map.of() : Map.of("X-Registry-Auth", header(credentials));
    try (var response = engine.stream("POST", query(path(reference)), headers)) {
      Progress.readAll(response.getBody(), progress);
    } catch (IOException lost) {
      throw EngineFailures.lost(lost);
    } catch (RuntimeFailure failure) {
      throw classified(failure);
    }
  }

  /** Without a tag the engine would pull all of them. */
  private static String query(String reference) {
    boolean digest = reference.contains("@");
    boolean tagged = reference.lastIndexOf(':') > reference.lastIndexOf('/');
    return "/images/create?fromImage="
        + Engine.encoded(reference)
        + (digest || tagged ? "" : "&tag=latest");
  }

  /** The engine puts what a registry said under statuses of its own: only the words tell. */
  private static RuntimeFailure classified(RuntimeFailure failure) {
    return switch (failure.kind()) {
      case REFUSED, NOT_FOUND, UNAUTHORIZED ->
          new RuntimeFailure(
              PullFailures.kind(failure.getMessage()), failure.getMessage(), failure);
      case UNREACHABLE, CONFLICT, TIMED_OUT, INTERRUPTED -> failure;
    };
  }

  private static String header(RegistryCredentials credentials) {
    var auth = Json.object();
    put(auth, "serveraddress", credentials.server());
    put(auth, "username", credentials.username());
    put(auth, "password", credentials.password());
    put(auth, "identitytoken", credentials.identityToken());
    return Base64.getUrlEncoder().encodeToString(Json.bytes(auth));
  }

  private static void put(ObjectNode auth, String name, String value) {
    if (value != null && !value.isEmpty()) {
      auth.put(name, value);
    }
  }
}
