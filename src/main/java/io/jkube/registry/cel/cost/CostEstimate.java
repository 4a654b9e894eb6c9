package io.jkube.registry.cel.cost;

import static io.jkube.registry.cel.cost.Bounded.WITHOUT_END;
import static io.jkube.registry.cel.cost.Bounded.plus;
import static io.jkube.registry.cel.cost.Bounded.times;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import io.jkube.registry.structural.Structural;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Goes through one expression and adds up what each part can cost at most. One thread's. */
public final class CostEstimate {
  static final int LIST_BASE = 10;
  static final int MAP_BASE = 30;
  static final int STRUCT_BASE = 40;

  private final CelAbstractSyntaxTree tree;
  private final Place root;
  private final Map<Long, Place> places = new HashMap<>();
  private final Map<Long, Long> sizes = new HashMap<>();
  private final Map<String, Local> locals = new HashMap<>();

  /** What a variable of a comprehension stands for. */
  private record Local(Place place, Long size) {}

  private CostEstimate(CelAbstractSyntaxTree tree, Structural root) {
    this.tree = tree;
    this.root = new Place(root);
  }

  /**
   * @param root of every variable
   */
  public static long of(CelAbstractSyntaxTree tree, Structural root) {
    return new CostEstimate(tree, root).cost(tree.getExpr());
  }

  private long cost(CelExpr each) {
    return switch (each.getKind()) {
      case NOT_SET, CONSTANT -> 0;
      case IDENT -> ident(each);
      case SELECT -> select(each);
      case CALL -> call(each);
      case LIST -> plus(LIST_BASE, sum(each.list().elements()));
      case MAP -> {
        long sum = MAP_BASE;
        for (var entry : each.map().entries()) {
          sum = plus(sum, plus(cost(entry.key()), cost(entry.value())));
        }
        yield sum;
      }
      case STRUCT -> {
        long sum = STRUCT_BASE;
        for (var entry : each.struct().entries()) {
          sum = plus(sum, cost(entry.value()));
        }
        yield sum;
      }
      case COMPREHENSION -> comprehension(each);
    };
  }

  private long sum(List<CelExpr> all) {
    long sum = 0;
    for (var each : all) {
      sum = plus(sum, cost(each));
    }
    return sum;
  }

  private long ident(CelExpr each) {
    var local = locals.get(each.ident().name());
    put(each, local == null ? root : local.place());
    if (local != null && local.size() != null) {
      sizes.put(each.id(), local.size());
    }
    return 1;
  }

  private void put(CelExpr each, Place place) {
    if (place != null) {
      places.put(each.id(), place);
    }
  }

  private long select(CelExpr each) {
    var operand = each.select().operand();
    long cost = cost(operand);
    if (each.select().testOnly()) {
      return cost;
    }
    var place = places.get(operand.id());
    put(each, place == null ? null : place.field(each.select().field()));
    return switch (kind(operand)) {
      case MAP, STRUCT, TYPE_PARAM -> plus(cost, 1);
      default -> cost;
    };
  }

  private CelKind kind(CelExpr each) {
    return tree.getType(each.id()).map(type -> type.kind()).orElse(CelKind.DYN);
  }

  private long call(CelExpr each) {
    var call = each.call();
    long target = call.target().map(this::cost).orElse(0L);
    var costs = call.args().stream().map(this::cost).toList();
    var functions = new FunctionCosts(this::size, call.target().orElse(null), call.args(), costs);
    var estimate = functions.of(call.function(), overload(each));
    if (estimate.size() >= 0) {
      sizes.put(each.id(), estimate.size());
    }
    index(each);
    return plus(target, estimate.cost());
  }

  private String overload(CelExpr each) {
    return tree.getReference(each.id())
        .flatMap(reference -> reference.overloadIds().stream().findFirst())
        .orElse("");
  }

  private void index(CelExpr each) {
    if (each.call().function().equals("_[_]")) {
      var holder = each.call().args().getFirst();
      var place = places.get(holder.id());
      if (place != null) {
        put(each, kind(holder) == CelKind.LIST ? place.elements() : place.values());
      }
    }
  }

  private long comprehension(CelExpr each) {
    var loop = each.comprehension();
    long range = cost(loop.iterRange());
    long init = cost(loop.accuInit());
    var before = new HashMap<>(locals);
    locals.put(loop.accuVar(), new Local(places.get(loop.accuInit().id()), known(loop.accuInit())));
    var place = places.get(loop.iterRange().id());
    boolean list = kind(loop.iterRange()) == CelKind.LIST;
    if (loop.iterVar2().isEmpty()) {
      var item = place == null ? null : list ? place.elements() : place.keys();
      locals.put(loop.iterVar(), new Local(item, null));
    } else {
      locals.put(loop.iterVar(), new Local(place == null || list ? null : place.keys(), null));
      var value = place == null ? null : list ? place.elements() : place.values();
      locals.put(loop.iterVar2(), new Local(value, null));
    }
    long step = plus(cost(loop.loopCondition()), cost(loop.loopStep()));
    locals.remove(loop.iterVar());
    locals.remove(loop.iterVar2());
    long result = cost(loop.result());
    locals.clear();
    locals.putAll(before);
    if (kind(each) == CelKind.LIST || kind(each) == CelKind.MAP) {
      sizes.put(each.id(), size(loop.iterRange()));
    }
    return plus(plus(plus(range, init), result), times(size(loop.iterRange()), step));
  }

  /** Of what is known of it by itself; null for nothing. */
  private Long known(CelExpr each) {
    var computed = sizes.get(each.id());
    if (computed != null) {
      return computed;
    }
    return switch (each.getKind()) {
      case CONSTANT -> size(each.constant());
      case LIST -> (long) each.list().elements().size();
      case MAP -> (long) each.map().entries().size();
      default -> {
        var place = places.get(each.id());
        yield place == null ? null : (Long) place.size();
      }
    };
  }

  private static long size(CelConstant constant) {
    return switch (constant.getKind()) {
      case STRING_VALUE ->
          constant.stringValue().codePointCount(0, constant.stringValue().length());
      case BYTES_VALUE -> constant.bytesValue().size();
      default -> 1;
    };
  }

  private long size(CelExpr each) {
    var known = known(each);
    if (known != null) {
      return known;
    }
    return switch (kind(each)) {
      case BOOL, INT, UINT, DOUBLE, TIMESTAMP, DURATION, NULL_TYPE -> 1;
      default -> WITHOUT_END;
    };
  }
}
