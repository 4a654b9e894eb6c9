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

  /** The table from nothing, whatever stood there. */
  static String anew(String table, PodNet net, RuleSet rules) {
    var script = new Script(table);
    script.remove();
    script.frame(net);
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

  /** What every cluster's table has. */
  private void frame(PodNet net) {
    var bridge = "\"" + net.bridge() + "\"";
    line("table " + table + " {");
    line("  map service-ips { type ipv4_addr . inet_proto . inet_service : verdict; }");
    line("  map node-ports { type inet_proto . inet_service : verdict; }");
    line("  set refused { type ipv4_addr . inet_proto . inet_service; }");
    line("  set hairpin { type ipv4_addr . ipv4_addr; }");
    line("  chain services {");
    line("    ip daddr . meta l4proto . th dport vmap @service-ips");
    line("    fib daddr type local meta l4proto . th dport vmap @node-ports");
    line("  }");
    line("  chain from-pods {");
    line("    type nat hook prerouting priority dstnat - 10;");
    line("    iifname " + bridge + " jump services");
    line("  }");
    line("  chain from-this-machine {");
    line("    type nat hook output priority -110;");
    line("    ip daddr != 127.0.0.0/8 jump services");
    line("  }");
    line("  chain back-to-pods {");
    line("    type nat hook postrouting priority srcnat - 10;");
    line("    ct status dnat ip saddr . ip daddr @hairpin masquerade");
    if (!net.bridgedPacketsAreSeen()) {
      var pods = "ip saddr " + net.pods() + " ip daddr " + net.pods();
      line("    ct status dnat " + pods + " masquerade");
    }
    line("  }");
    line("  chain refuse {");
    line("    ip daddr . meta l4proto . th dport @refused reject");
    line("    ip daddr " + net.services() + " reject");
    line("  }");
    line("  chain refuse-pods {");
    line("    type filter hook forward priority filter - 10;");
    line("    iifname " + bridge + " jump refuse");
    line("  }");
    line("  chain refuse-this-machine {");
    line("    type filter hook output priority filter - 10;");
    line("    jump refuse");
    line("  }");
    line("}");
  }

  private void change(RuleSet before, RuleSet after) {
    after.stickySets().forEach((set, seconds) -> addStickySet(before, set, seconds));
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
    before.stickySets().keySet().stream()
        .filter(set -> !after.stickySets().containsKey(set))
        .forEach(set -> line("delete set " + table + " " + set));
  }

  private void addStickySet(RuleSet before, String set, int seconds) {
    if (!before.stickySets().containsKey(set)) {
      line(
          "add set %s %s { type ipv4_addr; flags dynamic,timeout; timeout %ds; }"
              .formatted(table, set, seconds));
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
