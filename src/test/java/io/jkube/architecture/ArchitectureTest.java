package io.jkube.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Who may see whom. A rule that is in the way is changed here, with its reason, not worked around.
 */
final class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.jkube");

  @TestFactory
  Iterable<DynamicTest> everyPackageSeesOnlyWhatItMay() {
    return List.of(
        seesOnly("api"),
        seesOnly("trace", "api"),
        seesOnly("store", "api"),
        seesOnly("registry", "api"),
        seesOnly("client", "api"),
        seesOnly("apiserver", "api", "trace", "store", "registry"),
        seesOnly("controller", "api", "trace", "client"),
        seesOnly("scheduler", "api", "trace", "client"),
        seesOnly("kubelet", "api", "trace", "client"),
        seesOnly("network", "api", "trace", "client"),
        seesOnly("cli", "api", "client", "cluster"));
  }

  @TestFactory
  Iterable<DynamicTest> librariesStayWhereTheyBelong() {
    return List.of(
        staysIn("io.jkube.apiserver", "io.javalin.."),
        // The two that speak HTTP to others: the API, and the router for ingresses.
        staysInOneOf(
            List.of("io.jkube.apiserver", "io.jkube.network.ingress"), "org.eclipse.jetty.."),
        staysIn("io.jkube.network.dns", "org.xbill.."),
        staysIn("io.jkube.kubelet.runtime", "com.github.dockerjava.."),
        staysIn("io.jkube.store.embedded", "org.h2.."),
        staysIn("io.jkube.store.etcd", "io.etcd..", "io.grpc..", "io.netty..", "io.vertx.."),
        staysIn("io.jkube.registry.cel", "dev.cel.."),
        staysIn("io.jkube.cli", "picocli.."));
  }

  @Test
  void onlyTheCompositionRootSeesImplementations() {
    check(
        noClasses()
            .that(not(resideInAnyPackage("io.jkube.cluster..", "io.jkube.store..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.jkube.store.embedded..", "io.jkube.store.etcd.."));
    check(
        noClasses()
            .that(not(resideInAnyPackage("io.jkube.cluster..", "io.jkube.kubelet.runtime..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.jkube.kubelet.runtime.docker..", "io.jkube.kubelet.runtime.fake.."));
  }

  @Test
  void packagesFormNoCycle() {
    check(slices().matching("io.jkube.(*)..").should().beFreeOfCycles());
  }

  @Test
  void onlyMainEndsTheProcess() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.jkube.Main")
            .and(not(resideInAPackage("io.jkube.cli.client..")))
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .because("the process is Main's, and that of the one-class client its own"));
  }

  @Test
  void onlyCommandsSpeakToTheTerminal() {
    check(
        noClasses()
            .that(not(resideInAPackage("io.jkube.cli..")))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err"));
  }

  @Test
  void timeComesFromAnInjectedClock() {
    check(
        noClasses()
            .that(not(resideInAPackage("io.jkube.cli..")))
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis"));
  }

  @Test
  void nobodySleepsWhereAConditionCouldBeAwaited() {
    check(
        noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class));
  }

  @Test
  void everyPackageSaysWhatItIs() throws IOException {
    var root = Path.of("src/main/java");
    var silent = new TreeSet<String>();
    try (var files = Files.walk(root)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .map(Path::getParent)
          .distinct()
          .filter(folder -> !folder.endsWith("jkube"))
          .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
          .forEach(folder -> silent.add(root.relativize(folder).toString()));
    }
    Assertions.assertEquals(new TreeSet<String>(), silent, "packages without package-info.java");
  }

  private static DynamicTest seesOnly(String part, String... others) {
    var allowed = new java.util.ArrayList<String>();
    allowed.add("io.jkube." + part + "..");
    for (var other : others) {
      allowed.add("io.jkube." + other + "..");
    }
    var strangers =
        resideInAPackage("io.jkube..").and(not(resideInAnyPackage(allowed.toArray(String[]::new))));
    return DynamicTest.dynamicTest(
        part,
        () ->
            check(
                noClasses()
                    .that()
                    .resideInAPackage("io.jkube." + part + "..")
                    .should()
                    .dependOnClassesThat(strangers)
                    .allowEmptyShould(true)));
  }

  private static DynamicTest staysIn(String home, String... libraries) {
    return staysInOneOf(List.of(home), libraries);
  }

  private static DynamicTest staysInOneOf(List<String> homes, String... libraries) {
    var inside = homes.stream().map(home -> home + "..").toArray(String[]::new);
    return DynamicTest.dynamicTest(
        libraries[0],
        () ->
            check(
                classes()
                    .that()
                    .resideInAPackage("io.jkube..")
                    .and(not(resideInAnyPackage(inside)))
                    .should()
                    .onlyDependOnClassesThat(not(resideInAnyPackage(libraries)))));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(MAIN);
  }
}
