import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipFile;

/**
 * Writes the schemas of the built-in kinds: what the Java models of {@code client-java-api} say
 * (fields, types, required, descriptions) joined with what they do not (facts.txt). Reads class
 * files, loads none of them. Run by the build: {@code java GenerateSchemas.java MODELS.jar
 * FACTS.txt OUTPUT-FOLDER}; does nothing when the output is newer than both and this file.
 *
 * <p>Writes, a package each, {@code PACKAGE.fields} and {@code PACKAGE.docs}; then {@code digest} and
 * {@code kinds}.
 * The grammar is told in {@code io.jkube.registry.schema.DefinitionReader}.
 */
public final class GenerateSchemas {
  private static final String MODELS = "io/kubernetes/client/openapi/models/";

  private static final Map<String, String> PLAIN =
      Map.of(
          "java/lang/String", "string",
          "java/lang/Integer", "int32",
          "java/lang/Long", "int64",
          "java/lang/Double", "double",
          "java/lang/Boolean", "boolean",
          "java/lang/Object", "object",
          "java/time/OffsetDateTime", "@io.k8s.apimachinery.pkg.apis.meta.v1.Time",
          "io/kubernetes/client/custom/IntOrString", "@io.k8s.apimachinery.pkg.util.intstr.IntOrString",
          "io/kubernetes/client/custom/Quantity", "@io.k8s.apimachinery.pkg.api.resource.Quantity");

  /** A definition as facts.txt has it. */
  private record Definition(
      String packageName, String name, List<String> words, Map<String, List<String>> fields) {
    String fullName() {
      return packageName + "." + name;
    }
  }

  private final Map<String, Definition> byFullName = new LinkedHashMap<>();
  private final Map<String, String> versionByPackage = new LinkedHashMap<>();
  private final Map<String, Definition> byClass = new HashMap<>();
  private final Map<String, String> fullNameOfSpecial = new HashMap<>();

  private GenerateSchemas() {}

  public static void main(String[] arguments) throws IOException {
    var models = Path.of(arguments[0]);
    var facts = Path.of(arguments[1]);
    var output = Path.of(arguments[2]);
    var self = Path.of(arguments[3]);
    var last = output.resolve("kinds");
    if (Files.exists(last) && isNewer(last, models) && isNewer(last, facts) && isNewer(last, self)) {
      return;
    }
    Files.createDirectories(output);
    var generator = new GenerateSchemas();
    generator.readFacts(Files.readAllLines(facts));
    try (var jar = new ZipFile(models.toFile())) {
      generator.write(jar, output);
    }
  }

  private static boolean isNewer(Path one, Path other) throws IOException {
    return Files.getLastModifiedTime(one).compareTo(Files.getLastModifiedTime(other)) >= 0;
  }

  private void readFacts(List<String> lines) {
    var packageName = "";
    Definition definition = null;
    for (var line : lines) {
      var words = Arrays.asList(line.strip().split(" "));
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("package ")) {
        packageName = words.get(1);
        versionByPackage.put(packageName, words.size() > 2 ? words.get(2) : "");
      } else if (line.startsWith("  ")) {
        definition.fields().put(words.getFirst(), words.subList(1, words.size()));
      } else {
        definition =
            new Definition(
                packageName, words.getFirst(), words.subList(1, words.size()), new HashMap<>());
        byFullName.put(definition.fullName(), definition);
        if (definition.words().contains("=")) {
          fullNameOfSpecial.put(definition.name(), definition.fullName());
        }
      }
    }
  }

  private void write(ZipFile jar, Path output) throws IOException {
    var classes = new HashMap<String, ClassModel>();
    for (var definition : byFullName.values()) {
      for (var className : classNames(definition)) {
        var entry = jar.getEntry(MODELS + className + ".class");
        if (entry != null && !definition.words().contains("=")) {
          classes.put(
              definition.fullName(),
              ClassFile.of().parse(jar.getInputStream(entry).readAllBytes()));
          byClass.put(MODELS + className, definition);
          break;
        }
      }
    }
    var kinds = new StringBuilder();
    for (var packageName : versionByPackage.keySet()) {
      var fields = new StringBuilder();
      var docs = new StringBuilder();
      for (var definition : byFullName.values()) {
        if (definition.packageName().equals(packageName)) {
          writeDefinition(definition, classes.get(definition.fullName()), fields, docs);
          if (definition.words().contains("kind") && !versionByPackage.get(packageName).isEmpty()) {
            kinds.append(versionByPackage.get(packageName)).append(' ');
            kinds.append(definition.name()).append(' ').append(definition.fullName()).append('\n');
          }
        }
      }
      Files.writeString(output.resolve(packageName + ".fields"), fields);
      Files.writeString(output.resolve(packageName + ".docs"), docs);
    }
    writeDigest(output);
    Files.writeString(output.resolve("kinds"), kinds);
  }

  /** What the hashes of the published documents are made of, so that they change with them. */
  private static void writeDigest(Path output) throws IOException {
    try (var files = Files.list(output)) {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var file : files.filter(each -> !each.endsWith("digest")).sorted().toList()) {
        digest.update(Files.readAllBytes(file));
      }
      Files.writeString(output.resolve("digest"), HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The class of most is V1Pod, of names that several groups have CoreV1Event. */
  private static List<String> classNames(Definition definition) {
    var parts = definition.packageName().split("\\.");
    var plain = capitalized(parts[parts.length - 1]) + definition.name();
    return List.of(capitalized(parts[parts.length - 2]) + plain, plain);
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1);
  }

  private void writeDefinition(
      Definition definition, ClassModel model, StringBuilder fields, StringBuilder docs) {
    fields.append(String.join(" ", definition.name(), String.join(" ", definition.words())).strip());
    fields.append('\n');
    docs.append(definition.name());
    if (model == null) {
      if (!definition.words().contains("=")) {
        throw new IllegalStateException("no model of " + definition.fullName());
      }
      docs.append('\n');
      return;
    }
    docs.append('\t').append(described(model, "ApiModel;", "description")).append('\n');
    var getters = getterAnnotations(model);
    var sorted = new TreeMap<String, FieldModel>();
    for (var field : model.fields()) {
      annotation(field, "SerializedName;")
          .ifPresent(name -> sorted.put(text(name, "value"), field));
    }
    sorted.forEach(
        (name, field) -> {
          var property = getters.get(field.fieldName().stringValue());
          boolean required = property != null && text(property, "required").equals("true");
          var words = definition.fields().getOrDefault(name, List.of());
          fields.append("  ").append(name).append(required ? "! " : " ").append(type(field, words));
          for (var word : words) {
            if (!word.startsWith("type:")) {
              fields.append(' ').append(word);
            }
          }
          fields.append('\n');
          var text = property == null ? "" : escaped(text(property, "value"));
          docs.append("  ").append(name).append('\t').append(text).append('\n');
        });
  }

  /** {@code @ApiModelProperty} stands at the getter; it is found by the field it reads. */
  private static Map<String, Annotation> getterAnnotations(ClassModel model) {
    var byGetter = new HashMap<String, Annotation>();
    for (var method : model.methods()) {
      annotation(method, "ApiModelProperty;")
          .ifPresent(
              found ->
                  method
                      .code()
                      .ifPresent(
                          code ->
                              code.forEach(
                                  element -> {
                                    if (element
                                        instanceof
                                        java.lang.classfile.instruction.FieldInstruction read) {
                                      byGetter.put(read.name().stringValue(), found);
                                    }
                                  })));
    }
    return byGetter;
  }

  private String type(FieldModel field, List<String> words) {
    var signature =
        field
            .findAttribute(Attributes.signature())
            .map(attribute -> attribute.signature().stringValue())
            .orElse(field.fieldType().stringValue());
    var special =
        words.stream()
            .filter(word -> word.startsWith("type:"))
            .map(word -> "@" + fullNameOfSpecial.get(word.substring("type:".length())))
            .findFirst();
    return type(signature, special);
  }

  private String type(String signature, Optional<String> special) {
    if (signature.equals("[B")) {
      return "bytes";
    }
    if (signature.startsWith("Ljava/util/List<")) {
      return "[]" + type(inner(signature, "Ljava/util/List<"), special);
    }
    var map = "Ljava/util/Map<Ljava/lang/String;";
    if (signature.startsWith(map)) {
      return "{}" + type(inner(signature, map), special);
    }
    if (special.isPresent()) {
      return special.get();
    }
    var name = signature.substring(1, signature.length() - 1);
    if (PLAIN.containsKey(name)) {
      return PLAIN.get(name);
    }
    var definition = byClass.get(name);
    if (definition == null) {
      throw new IllegalStateException("what is " + signature + "?");
    }
    return "@" + definition.fullName();
  }

  private static String inner(String signature, String prefix) {
    return signature.substring(prefix.length(), signature.length() - ">;".length());
  }

  private static String described(ClassModel model, String annotation, String element) {
    return annotation(model, annotation).map(found -> escaped(text(found, element))).orElse("");
  }

  private static Optional<Annotation> annotation(AttributedElement element, String suffix) {
    var all = new ArrayList<Annotation>();
    element
        .findAttribute(Attributes.runtimeVisibleAnnotations())
        .ifPresent(found -> all.addAll(found.annotations()));
    return all.stream()
        .filter(each -> each.className().stringValue().endsWith("/" + suffix))
        .findFirst();
  }

  private static String text(Annotation annotation, String element) {
    for (var each : annotation.elements()) {
      if (each.name().stringValue().equals(element)) {
        return switch (each.value()) {
          case AnnotationValue.OfString text -> text.stringValue();
          case AnnotationValue.OfBoolean truth -> Boolean.toString(truth.booleanValue());
          default -> "";
        };
      }
    }
    return "";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
  }
}
