package suiload.audit;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.HashSet;
import java.util.Set;

/**
 * What one class file says of itself. References are every class that its constant pool names, in code as in
 * descriptors and signatures; those made by reflection do not show.
 *
 * @param name internal name, such as {@code java/lang/String}
 * @param preview whether it depends on preview features of the JDK
 */
record ClassFacts(String name, Set<String> references, Set<String> strings, boolean preview) {
    private static final int PREVIEW_MINOR = 0xffff;

    static ClassFacts read(byte[] classFile) {
        ClassModel model = ClassFile.of().parse(classFile);
        Set<String> references = new HashSet<>();
        Set<String> strings = new HashSet<>();
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry type -> addType(type.asInternalName(), references);
                case StringEntry text -> strings.add(text.stringValue());
                case Utf8Entry text -> addDescriptor(text.stringValue(), references);
                default -> { }
            }
        }
        return new ClassFacts(model.thisClass().asInternalName(), Set.copyOf(references), Set.copyOf(strings),
                model.minorVersion() == PREVIEW_MINOR);
    }

    /** The package, with dots. */
    String packageName() {
        return packageOf(name);
    }

    static String packageOf(String internalName) {
        int slash = internalName.lastIndexOf('/');
        return slash < 0 ? "" : internalName.substring(0, slash).replace('/', '.');
    }

    private static void addType(String name, Set<String> into) {
        if (name.startsWith("[")) addDescriptor(name, into);
        else into.add(name);
    }

    /** Takes {@code L…;} out of descriptors and signatures; other text has no such form, or names no class that exists. */
    private static void addDescriptor(String text, Set<String> into) {
        if (text.isEmpty() || "([L<".indexOf(text.charAt(0)) < 0) return;
        for (int at = text.indexOf('L'); at >= 0; at = text.indexOf('L', at + 1)) {
            int end = at + 1;
            while (end < text.length() && (Character.isJavaIdentifierPart(text.charAt(end)) || text.charAt(end) == '/')) end++;
            if (end < text.length() && (text.charAt(end) == ';' || text.charAt(end) == '<')) into.add(text.substring(at + 1, end));
            at = Math.max(at, end - 1);
        }
    }
}
