package io.jkube.registry.pod;

/** The parts of an image's name that say how often to pull it. */
final class ImageReference {
  private ImageReference() {}

  /**
   * {@code Always} for the tag {@code latest}, stated or implied, else {@code IfNotPresent}
   * ("Images: Default image pull policy").
   */
  static String defaultPullPolicy(String image) {
    if (image.contains("@")) {
      return "IfNotPresent";
    }
    int colon = image.indexOf(':', image.lastIndexOf('/') + 1);
    boolean latest = colon < 0 || image.substring(colon + 1).equals("latest");
    return latest && !image.isEmpty() ? "Always" : "IfNotPresent";
  }
}
