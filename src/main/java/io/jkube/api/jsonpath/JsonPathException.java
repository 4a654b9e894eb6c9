package io.jkube.api.jsonpath;

/** A template that cannot be read, or that does not fit the object. */
public final class JsonPathException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public JsonPathException(String message) {
    super(message);
  }
}
