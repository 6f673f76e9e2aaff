package suiload.localnet;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import suiload.grpcweb.GrpcException;

/** Which fields of an answer a client wants: a tree of proto field names (facts: sui-grpc.md section 3). */
final class Mask {
    static final Mask ALL = new Mask(Map.of(), true);
    static final Mask NOTHING = new Mask(Map.of(), false);

    private final Map<String, Mask> children;
    private final boolean all;

    private Mask(Map<String, Mask> children, boolean all) {
        this.children = children;
        this.all = all;
    }

    /** A mask of the server's own, for where a client sends none. */
    static Mask of(String... paths) {
        Mask mask = new Mask(new HashMap<>(), false);
        for (String path : paths) mask.add(List.of(path.split("\\.")), 0);
        return mask;
    }

    /**
     * A client's mask.
     *
     * @throws GrpcException INVALID_ARGUMENT on a path that {@code message} does not have
     */
    static Mask parse(FieldMask paths, Descriptor message) {
        if (paths.getPathsList().contains("*")) return ALL;
        Mask mask = new Mask(new HashMap<>(), false);
        for (String path : paths.getPathsList()) {
            List<String> names = List.of(path.split("\\.", -1));
            if (!exists(names, message)) throw GrpcException.invalid("read_mask", "invalid read_mask path: " + path);
            mask.add(names, 0);
        }
        return mask;
    }

    /** As {@link #parse}, but unknown paths are ignored, as subscriptions do. */
    static Mask parseLeniently(FieldMask paths, Descriptor message) {
        if (paths.getPathsList().contains("*")) return ALL;
        Mask mask = new Mask(new HashMap<>(), false);
        for (String path : paths.getPathsList()) {
            List<String> names = List.of(path.split("\\.", -1));
            if (exists(names, message)) mask.add(names, 0);
        }
        return mask;
    }

    private static boolean exists(List<String> names, Descriptor root) {
        Descriptor message = root;
        for (String name : names) {
            FieldDescriptor field = message == null ? null : message.findFieldByName(name);
            if (field == null) return false;
            boolean hasFields = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && isOurs(field.getMessageType());
            message = hasFields ? field.getMessageType() : null;
        }
        return true;
    }

    /** Maps and the well-known types are values: they have no paths inside. */
    private static boolean isOurs(Descriptor message) {
        return message.getFile().getPackage().startsWith("sui.") && !message.getOptions().getMapEntry();
    }

    private void add(List<String> names, int depth) {
        if (all) return;
        String name = names.get(depth);
        if (depth + 1 == names.size()) {
            children.put(name, ALL);
        } else {
            Mask child = children.computeIfAbsent(name, n -> new Mask(new HashMap<>(), false));
            child.add(names, depth + 1);
        }
    }

    /** Whether anything of {@code field} is wanted. */
    boolean has(String field) {
        return all || children.containsKey(field);
    }

    /** Whether anything of one of {@code fields} is wanted. */
    boolean hasAny(String... fields) {
        for (String field : fields) if (has(field)) return true;
        return false;
    }

    /** What is wanted of {@code field}. */
    Mask sub(String field) {
        return all ? ALL : children.getOrDefault(field, NOTHING);
    }

    boolean isAll() {
        return all;
    }
}
