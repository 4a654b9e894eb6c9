package io.jkube.apiserver.authn;

import io.jkube.apiserver.request.UserInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of tokens ("Static token file" in the documentation of Kubernetes): a line each of {@code
 * token,user,uid} and, in quotes, {@code "group1,group2"}.
 */
public final class TokenFile {
  private static final int LEAST_COLUMNS = 3;

  private TokenFile() {}

  /**
   * @throws IllegalArgumentException a line is wrong: its number and what is wrong with it, never
   *     the token
   */
  public static Map<String, UserInfo> parse(String text) {
    var users = new HashMap<String, UserInfo>();
    int number = 0;
    for (var line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      var columns = columns(line);
      if (columns.size() < LEAST_COLUMNS) {
        throw wrong(number, "a line is token,user,uid and perhaps \"groups\"");
      }
      if (columns.get(0).isEmpty()) {
        throw wrong(number, "the token is empty");
      }
      var groups =
          columns.size() > LEAST_COLUMNS && !columns.get(LEAST_COLUMNS).isEmpty()
              ? Arrays.asList(columns.get(LEAST_COLUMNS).split(","))
              : List.<String>of();
      var user = new UserInfo(columns.get(1), columns.get(2), groups, Map.of());
      if (users.put(columns.get(0), user) != null) {
        throw wrong(number, "the same token is there already");
      }
    }
    return users;
  }

  private static IllegalArgumentException wrong(int line, String why) {
    return new IllegalArgumentException("line " + line + ": " + why);
  }

  /** Columns of RFC 4180: those in quotes may hold commas, and quotes doubled. */
  private static List<String> columns(String line) {
    var columns = new ArrayList<String>();
    var column = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char next = line.charAt(i);
      if (next == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        column.append(next);
        i++;
      } else if (next == '"') {
        quoted = !quoted;
      } else if (next == ',' && !quoted) {
        columns.add(column.toString().strip());
        column.setLength(0);
      } else {
        column.append(next);
      }
    }
    columns.add(column.toString().strip());
    return columns;
  }
}
