package io.jkube.cli.print.template;

/** A template that cannot be read, or that fails on the object. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TemplateException(String message) {
    super(message);
  }
}
