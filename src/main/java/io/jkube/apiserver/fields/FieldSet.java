package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A set of paths, kept in the form in which managedFields show it (FieldsV1): a tree of {@link
 * PathElement}s in which an empty object, or one with {@code "."}, stands for a path that is in the
 * set. Sets share branches; a branch is never changed once its set is made.
 */
final class FieldSet {
  static final FieldSet EMPTY = new FieldSet(Json.object());

  private static final String SELF = ".";
  private static final int MAX_DEPTH = 200;

  private final ObjectNode root;

  private FieldSet(ObjectNode root) {
    this.root = root;
  }

  /** A set out of paths from the top, each a list of elements. */
  static FieldSet of(Collection<List<String>> paths) {
    var builder = new Builder();
    paths.forEach(builder::add);
    return builder.build();
  }

  /** Takes a tree that {@link #tree} of some set has been, as it is. */
  static FieldSet trusted(ObjectNode tree) {
    return new FieldSet(tree);
  }

  /**
   * Reads a tree that a client wrote. Steps of an unknown kind are left out.
   *
   * @throws IllegalArgumentException when it is malformed
   */
  static FieldSet parse(JsonNode tree) {
    var root = parse(tree, MAX_DEPTH, true);
    return root == null ? EMPTY : new FieldSet(root);
  }

  private static ObjectNode parse(JsonNode tree, int depth, boolean top) {
    if (!(tree instanceof ObjectNode object) || depth == 0) {
      throw new IllegalArgumentException(depth == 0 ? "too deep" : "no object: " + tree);
    }
    var children = new TreeMap<String, ObjectNode>(PathElement.ORDER);
    for (var field : object.properties()) {
      if (PathElement.isKnown(field.getKey())) {
        var element = PathElement.canonical(field.getKey());
        var child = parse(field.getValue(), depth - 1, false);
        if (child != null) {
          children.merge(element, child, FieldSet::union);
        }
      }
    }
    return node(!top && (object.isEmpty() || object.has(SELF)), children);
  }

  /** Its FieldsV1: not to be changed. */
  ObjectNode tree() {
    return root;
  }

  boolean isEmpty() {
    return root.isEmpty();
  }

  boolean has(List<String> path) {
    var at = root;
    for (var element : path) {
      at = child(at, element);
      if (at == null) {
        return false;
      }
    }
    return !path.isEmpty() && isMember(at);
  }

  /** What is below the element; empty when nothing is. */
  FieldSet below(String element) {
    var child = child(root, element);
    return child == null ? EMPTY : new FieldSet(withoutSelf(child));
  }

  /** Whether the path of this one element is in the set. */
  boolean hasMember(String element) {
    var child = child(root, element);
    return child != null && isMember(child);
  }

  FieldSet union(FieldSet other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    return new FieldSet(union(root, other.root, true));
  }

  FieldSet intersection(FieldSet other) {
    var both = intersection(root, other.root, true);
    return both == null ? EMPTY : new FieldSet(both);
  }

  boolean intersects(FieldSet other) {
    return intersects(root, other.root, true);
  }

  FieldSet difference(FieldSet other) {
    if (!intersects(other)) {
      return this;
    }
    var left = difference(root, other.root, true);
    return left == null ? EMPTY : new FieldSet(left);
  }

  /** Without the paths of the other set and everything below them. */
  FieldSet without(FieldSet other) {
    var left = without(root, other.root, true);
    return left == null ? EMPTY : new FieldSet(left);
  }

  /** Every path in the set, in order. */
  void forEach(Consumer<List<String>> action) {
    forEach(root, new ArrayList<>(), action);
  }

  private static void forEach(ObjectNode at, List<String> path, Consumer<List<String>> action) {
    var children = at.properties().stream().filter(field -> !field.getKey().equals(SELF)).toList();
    for (var field : children) {
      if (isMember((ObjectNode) field.getValue())) {
        path.add(field.getKey());
        action.accept(List.copyOf(path));
        path.removeLast();
      }
    }
    for (var field : children) {
      path.add(field.getKey());
      forEach((ObjectNode) field.getValue(), path, action);
      path.removeLast();
    }
  }

  private static ObjectNode child(ObjectNode node, String element) {
    return node.get(element) instanceof ObjectNode child && !element.equals(SELF) ? child : null;
  }

  private static boolean isMember(ObjectNode node) {
    return node.isEmpty() || node.has(SELF);
  }

  private static ObjectNode withoutSelf(ObjectNode node) {
    return node.has(SELF) ? Json.object().<ObjectNode>setAll(node).without(SELF) : node;
  }

  /** Null where there is neither the path itself nor anything below it. */
  private static ObjectNode node(boolean member, TreeMap<String, ObjectNode> children) {
    if (children.isEmpty()) {
      return member ? Json.object() : null;
    }
    var node = Json.object();
    if (member) {
      node.putObject(SELF);
    }
    return node.setAll(children);
  }

  private static ObjectNode union(ObjectNode one, ObjectNode other) {
    return union(one, other, false);
  }

  private static ObjectNode union(ObjectNode one, ObjectNode other, boolean top) {
    var children = children(one);
    children(other).forEach((element, child) -> children.merge(element, child, FieldSet::union));
    return node(!top && (isMember(one) || isMember(other)), children);
  }

  private static ObjectNode intersection(ObjectNode one, ObjectNode other, boolean top) {
    var children = new TreeMap<String, ObjectNode>(PathElement.ORDER);
    for (var field : one.properties()) {
      var theirs = child(other, field.getKey());
      if (theirs != null) {
        var both = intersection((ObjectNode) field.getValue(), theirs, false);
        if (both != null) {
          children.put(field.getKey(), both);
        }
      }
    }
    return node(!top && isMember(one) && isMember(other), children);
  }

  private static boolean intersects(ObjectNode one, ObjectNode other, boolean top) {
    if (!top && isMember(one) && isMember(other)) {
      return true;
    }
    var fewer = one.size() <= other.size() ? one : other;
    var more = fewer == one ? other : one;
    for (var field : fewer.properties()) {
      var theirs = child(more, field.getKey());
      if (theirs != null && intersects((ObjectNode) field.getValue(), theirs, false)) {
        return true;
      }
    }
    return false;
  }

  private static ObjectNode difference(ObjectNode one, ObjectNode other, boolean top) {
    var children = children(one);
    for (var field : other.properties()) {
      var mine = field.getKey().equals(SELF) ? null : children.get(field.getKey());
      if (mine != null) {
        var left = difference(mine, (ObjectNode) field.getValue(), false);
        if (left == null) {
          children.remove(field.getKey());
        } else {
          children.put(field.getKey(), left);
        }
      }
    }
    return node(!top && isMember(one) && !isMember(other), children);
  }

  private static ObjectNode without(ObjectNode one, ObjectNode other, boolean top) {
    if (!top && isMember(other)) {
      return null;
    }
    var children = children(one);
    for (var field : other.properties()) {
      var mine = children.get(field.getKey());
      if (mine != null) {
        var left = without(mine, (ObjectNode) field.getValue(), false);
        if (left == null) {
          children.remove(field.getKey());
        } else {
          children.put(field.getKey(), left);
        }
      }
    }
    return node(!top && isMember(one), children);
  }

  private static TreeMap<String, ObjectNode> children(ObjectNode node) {
    var children = new TreeMap<String, ObjectNode>(PathElement.ORDER);
    for (var field : node.properties()) {
      if (!field.getKey().equals(SELF)) {
        children.put(field.getKey(), (ObjectNode) field.getValue());
      }
    }
    return children;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldSet set && root.equals(set.root);
  }

  @Override
  public int hashCode() {
    return root.hashCode();
  }

  @Override
  public String toString() {
    return root.toString();
  }

  /** Collects paths. One thread's. */
  static final class Builder {
    private final Branch root = new Branch();

    /** Adds a path; the empty one, the whole object, has no owner and is left out. */
    void add(Iterable<String> path) {
      var at = root;
      for (var element : path) {
        at = at.children.computeIfAbsent(element, added -> new Branch());
      }
      at.member = true;
    }

    FieldSet build() {
      root.member = false;
      var tree = root.tree();
      return tree == null ? EMPTY : new FieldSet(tree);
    }
  }

  private static final class Branch {
    private final Map<String, Branch> children = new HashMap<>();
    private boolean member;

    private ObjectNode tree() {
      var trees = new TreeMap<String, ObjectNode>(PathElement.ORDER);
      children.forEach((element, branch) -> trees.put(element, branch.tree()));
      return node(member, trees);
    }
  }
}
