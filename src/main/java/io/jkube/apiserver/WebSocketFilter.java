package io.jkube.apiserver;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Takes requests for a WebSocket past Javalin, which would refuse those it has no endpoint for:
 * here they are requests like all others until the filter chain has answered.
 */
final class WebSocketFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  private final transient Routes routes;

  WebSocketFilter(Routes routes) {
    this.routes = routes;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain javalin)
      throws IOException, ServletException {
    if (request.getHeader("Sec-WebSocket-Version") == null) {
      javalin.doFilter(request, response);
    } else {
      routes.answer(request, response);
    }
  }
}
