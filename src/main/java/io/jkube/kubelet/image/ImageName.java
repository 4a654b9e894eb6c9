package io.jkube.kubelet.image;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A parsed image reference.
 *
 * @param registry such as {@code docker.io} or {@code localhost:5000}
 * @param repository such as {@code library/busybox}
 * @param reference as the pod says it, with {@code :latest} where it names neither tag nor digest
 */
public record ImageName(String registry, String repository, String reference) {
  private static final String DOCKER_HUB = "docker.io";
  private static final Pattern PATH =
      Pattern.compile(
          "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
  private static final Pattern HOST =
      Pattern.compile("[a-zA-Z0-9.\\-]+(?::\\d+)?|\\[[0-9a-fA-F:]+](?::\\d+)?");
  private static final Pattern TAG = Pattern.compile("[\\w][\\w.-]{0,127}");
  private static final Pattern DIGEST = Pattern.compile("[A-Za-z][A-Za-z0-9]*:[0-9a-fA-F]{32,}");

  /**
   * @throws IllegalArgumentException with the words of Docker's reference grammar
   */
  public static ImageName parse(String image) {
    var rest = image;
    int at = rest.indexOf('@');
    boolean exact = at >= 0;
    if (exact) {
      require(DIGEST.matcher(rest.substring(at + 1)).matches(), image, "invalid reference format");
      rest = rest.substring(0, at);
    }
    int colon = rest.lastIndexOf(':');
    if (colon > rest.lastIndexOf('/')) {
      require(TAG.matcher(rest.substring(colon + 1)).matches(), image, "invalid reference format");
      rest = rest.substring(0, colon);
      exact = true;
    }
    return named(rest, image, exact ? image : image + ":latest");
  }

  private static ImageName named(String name, String image, String reference) {
    int slash = name.indexOf('/');
    var first = slash < 0 ? "" : name.substring(0, slash);
    boolean hasHost = first.contains(".") || first.contains(":") || first.equals("localhost");
    var registry = hasHost ? first : DOCKER_HUB;
    var path = hasHost ? name.substring(slash + 1) : slash < 0 ? "library/" + name : name;
    require(HOST.matcher(registry).matches(), image, "invalid reference format");
    require(
        path.equals(path.toLowerCase(Locale.ROOT)),
        image,
        "invalid reference format: repository name (" + path + ") must be lowercase");
    require(PATH.matcher(path).matches(), image, "invalid reference format");
    return new ImageName(registry, path, reference);
  }

  private static void require(boolean valid, String image, String why) {
    if (!valid) {
      throw new IllegalArgumentException("couldn't parse image name \"" + image + "\": " + why);
    }
  }
}
