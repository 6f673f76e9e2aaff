package suiload.audit;

import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which modules of the running JDK hold the classes that a jar names: what {@code jdeps} says, without starting it. */
final class JdkModules {
    private final Map<String, String> moduleOfPackage = new HashMap<>();

    JdkModules() {
        for (ModuleReference reference : ModuleFinder.ofSystem().findAll()) {
            reference.descriptor().packages().forEach(name -> moduleOfPackage.put(name, reference.descriptor().name()));
        }
    }

    Set<String> usedBy(JarContent jar) {
        Set<String> modules = new TreeSet<>();
        for (ClassFacts facts : jar.classes().values()) {
            for (String reference : facts.references()) {
                String module = moduleOfPackage.get(ClassFacts.packageOf(reference));
                if (module != null) modules.add(module);
            }
        }
        return modules;
    }
}
