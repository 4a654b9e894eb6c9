package io.jkube.registry.cel;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What other expressions come to, by name: each is evaluated when it is first asked for. A value
 * for a variable made by {@link CelEnvironment.Builder#results}. One thread's.
 */
public final class LazyResults extends AbstractMap<String, Object> {
  private final Set<String> names;
  private final Function<String, CelValue> evaluate;
  private final Map<String, Object> known = new HashMap<>();

  /**
   * @param evaluate throws a {@link CelProblem} where it fails
   */
  public LazyResults(Set<String> names, Function<String, CelValue> evaluate) {
    this.names = names;
    this.evaluate = evaluate;
  }

  @Override
  public boolean containsKey(Object name) {
    return name instanceof String text && names.contains(text);
  }

  @Override
  public Object get(Object name) {
    if (!containsKey(name)) {
      return null;
    }
    var text = (String) name;
    var value = known.get(text);
    if (value == null) {
      value = evaluated(text);
      known.put(text, value);
    }
    return value;
  }

  /**
   * @throws IllegalArgumentException in upstream's words
   */
  private Object evaluated(String name) {
    try {
      return evaluate.apply(name).value();
    } catch (CelProblem failed) {
      throw switch (failed.kind()) {
        case BUDGET, CALL_COST -> failed;
        case COMPILATION, EVALUATION ->
            new IllegalArgumentException(
                "composited variable \"%s\" fails to evaluate: %s"
                    .formatted(name, failed.getMessage()));
      };
    }
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    var all = new LinkedHashMap<String, Object>();
    names.forEach(name -> all.put(name, get(name)));
    return all.entrySet();
  }
}
