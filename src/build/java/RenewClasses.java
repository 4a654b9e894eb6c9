import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Gives the classes of a jar the class file version of Java 8, stack maps included. The AOT cache
 * leaves out classes of a version before 50, which have none; picocli's are such, and every command
 * that runs in a process of its own would load and verify a hundred of them anew.
 *
 * <p>Usage: java RenewClasses.java JAR...; rewrites each jar in place, and always in the same way.
 */
final class RenewClasses {
  private static final int FIRST_GOOD = ClassFile.JAVA_6_VERSION;

  private RenewClasses() {}

  public static void main(String[] arguments) throws IOException {
    for (var argument : arguments) {
      var jar = Path.of(argument);
      var renewed = jar.resolveSibling(jar.getFileName() + ".new");
      Files.write(renewed, renewed(jar));
      Files.move(renewed, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static byte[] renewed(Path jar) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        var in = new ZipInputStream(Files.newInputStream(jar));
        var out = new ZipOutputStream(bytes)) {
      var classes =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        var copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(copy);
        var content = in.readAllBytes();
        out.write(entry.getName().endsWith(".class") ? renewed(classes, content) : content);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] renewed(ClassFile classes, byte[] content) {
    var old = classes.parse(content);
    if (old.majorVersion() >= FIRST_GOOD) {
      return content;
    }
    return classes.transformClass(
        old,
        ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
            .andThen(
                ClassTransform.endHandler(
                    builder -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0))));
  }
}
