package io.jkube.registry.cel;

import dev.cel.common.CelOptions;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.jkube.registry.cel.function.FunctionTable;
import io.jkube.registry.cel.function.KubernetesFunctions;

/** The language that all environments share; made when the first one is. */
final class Language {
  private static final int MAX_ITERATIONS = 1_000_000;
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .enableReservedIds(true)
          .enableQuotedIdentifierSyntax(true)
          .evaluateCanonicalTypesToNativeValues(true)
          .comprehensionMaxIterations(MAX_ITERATIONS)
          .build();
  private static final FunctionTable FUNCTIONS = KubernetesFunctions.table();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .addFunctionBindings(FUNCTIONS.bindings())
          .addLibraries(
              CelExtensions.strings(),
              CelExtensions.sets(OPTIONS),
              CelExtensions.optional(),
              CelExtensions.comprehensions())
          .build();

  private Language() {}

  static CelRuntime runtime() {
    return RUNTIME;
  }

  static CelCompilerBuilder compiler() {
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(OPTIONS)
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addFunctionDeclarations(FUNCTIONS.declarations())
        .addLibraries(
            CelExtensions.strings(),
            CelExtensions.sets(OPTIONS),
            CelExtensions.optional(),
            CelExtensions.comprehensions(),
            CelExtensions.bindings());
  }
}
