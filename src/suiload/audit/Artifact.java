package suiload.audit;

import java.util.Optional;

/** Maven coordinates: {@code group:name:version[:extension[:classifier]]}. */
record Artifact(String group, String name, String version, String extension, Optional<String> classifier) {
    /** @throws IllegalArgumentException unless {@code text} has three to five parts */
    static Artifact parse(String text) {
        String[] parts = text.split(":");
        if (parts.length < 3 || parts.length > 5) throw new IllegalArgumentException("not group:name:version[:extension[:classifier]]: "
                + text);
        return new Artifact(parts[0], parts[1], parts[2], parts.length > 3 ? parts[3] : "jar",
                parts.length > 4 ? Optional.of(parts[4]) : Optional.empty());
    }

    /** As Maven repositories name the file. */
    String fileName() {
        return name + "-" + version + classifier.map(text -> "-" + text).orElse("") + "." + extension;
    }

    /** Package URL: how the SBOM and vulnerability databases name it. */
    String purl() {
        String qualifiers = classifier.map(text -> "?classifier=" + text + "&type=" + extension)
                .orElse(extension.equals("jar") ? "" : "?type=" + extension);
        return "pkg:maven/" + group + "/" + name + "@" + version + qualifiers;
    }

    String coordinates() {
        return group + ":" + name;
    }
}
