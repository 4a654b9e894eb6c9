package io.jkube.network.nft;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What {@code nft -f} is told; each text is one transaction: all of it happens, or nothing. */
final class Script {
  private final String table;
  private final StringBuilder text = new StringBuilder();

  private Script(String table) {
    this.table = "ip " + table;
  }

  /**
   * The table from nothing, whatever stood there.
   *
   * @param frame the chains, maps and sets that are always there
   */
  static String anew(String table, String frame, RuleSet rules) {
    var script = new Script(table);
    script.remove();
    script.line("table " + script.table + " {\n" + frame + "}");
    script.change(RuleSet.EMPTY, rules);
    return script.text.toString();
  }

  /** Only what differs; empty when nothing does. Connections and sticky clients stay. */
  static String change(String table, RuleSet before, RuleSet after) {
    var script = new Script(table);
    script.change(before, after);
    return script.text.toString();
  }

  /** Takes the table away, if it is there. */
  static String removal(String table) {
    var script = new Script(table);
    script.remove();
    return script.text.toString();
  }

  /** Adding it first makes the deletion one that cannot fail. */
  private void remove() {
    line("add table " + table);
    line("delete table " + table);
  }

  private void change(RuleSet before, RuleSet after) {
    after.sets().forEach((set, type) -> addSet(before, set, type));
    var changed = new TreeMap<>(after.chains());
    changed
        .entrySet()
        .removeIf(chain -> chain.getValue().equals(before.chains().get(chain.getKey())));
    changed.keySet().forEach(chain -> addChain(before, chain));
    changed.forEach(
        (chain, rules) ->
            rules.forEach(rule -> line("add rule " + table + " " + chain + " " + rule)));
    elements(before, after);
    before.chains().keySet().stream()
        .filter(chain -> !after.chains().containsKey(chain))
        .forEach(chain -> line("flush chain " + table + " " + chain));
    before.chains().keySet().stream()
        .filter(chain -> !after.chains().containsKey(chain))
        .forEach(chain -> line("delete chain " + table + " " + chain));
    before.sets().keySet().stream()
        .filter(set -> !after.sets().containsKey(set))
        .forEach(set -> line("delete set " + table + " " + set));
  }

  private void addSet(RuleSet before, String set, String type) {
    if (!before.sets().containsKey(set)) {
      line("add set " + table + " " + set + " { " + type + " }");
    }
  }

  private void addChain(RuleSet before, String chain) {
    if (before.chains().containsKey(chain)) {
      line("flush chain " + table + " " + chain);
    } else {
      line("add chain " + table + " " + chain);
    }
  }

  private void elements(RuleSet before, RuleSet after) {
    var none = new TreeMap<String, String>();
    before
        .elements()
        .forEach((set, old) -> delete(set, old, after.elements().getOrDefault(set, none)));
    after
        .elements()
        .forEach((set, next) -> add(set, before.elements().getOrDefault(set, none), next));
  }

  private void delete(
      String set, SortedMap<String, String> before, SortedMap<String, String> after) {
    before.forEach(
        (key, value) -> {
          if (!value.equals(after.get(key))) {
            line("delete element %s %s { %s }".formatted(table, set, key));
          }
        });
  }

  private void add(String set, SortedMap<String, String> before, Map<String, String> after) {
    after.forEach(
        (key, value) -> {
          if (!value.equals(before.get(key))) {
            var element = value.isEmpty() ? key : key + " : " + value;
            line("add element %s %s { %s }".formatted(table, set, element));
          }
        });
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
