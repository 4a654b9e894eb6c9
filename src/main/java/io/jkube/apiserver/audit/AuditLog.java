package io.jkube.apiserver.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.authz.Attributes;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.UserInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what the policy wants noted, one JSON object a line. Thread-safe. */
public final class AuditLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

  private final AuditPolicy policy;
  private final OutputStream out;
  private final InstantSource clock;

  /** Guarded by this. */
  private boolean broken;

  /**
   * @param out closed with the log
   */
  public AuditLog(AuditPolicy policy, OutputStream out, InstantSource clock) {
    this.policy = policy;
    this.out = out;
    this.clock = clock;
  }

  /**
   * A request has come in: notes that, and answers what notes the rest.
   *
   * @param user who asks; anonymous where nobody knows
   */
  public AuditedRequest received(ApiRequest request, Attributes what, UserInfo user) {
    var decision = policy.of(user, what);
    var audited = new AuditedRequest(this, clock, decision, request, what, user);
    audited.note(Stage.RECEIVED, null);
    return audited;
  }

  synchronized void write(ObjectNode event) {
    try {
      out.write(Json.bytes(event));
      out.write('\n');
      out.flush();
    } catch (IOException full) {
      if (!broken) {
        LOG.error("the audit log cannot be written: {}", full.getMessage());
      }
      broken = true;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
