package io.jkube.apiserver.webhook;

/** A webhook could not be reached, or answered nothing of use; the message says which, and why. */
public final class WebhookCallException extends Exception {
  private static final long serialVersionUID = 1;

  public WebhookCallException(String message) {
    super(message);
  }

  public WebhookCallException(String message, Throwable cause) {
    super(message, cause);
  }
}
