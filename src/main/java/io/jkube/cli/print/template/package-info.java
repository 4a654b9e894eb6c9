/**
 * Go's text templates, as far as {@code -o go-template} needs them: actions, {@code if}, {@code
 * range}, {@code with}, {@code define}, {@code template}, variables, pipelines, comparison and
 * logic, {@code index}, {@code slice}, {@code len}, {@code print}, {@code printf}, {@code println},
 * and kubectl's {@code exists} and {@code base64decode}. Values are JSON trees: there are no
 * methods and no calls of functions held in data. What is not known is an error that names it.
 *
 * <p>{@code Lexer} cuts a template into tokens, {@code TemplateParser} makes {@code TemplateNode}s,
 * {@code Execution} walks them over an object.
 */
package io.jkube.cli.print.template;
