package suiload.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;

/** A published package: modules by name, where its types come from, and the packages it is linked against. */
public record MovePackage(Address id, long version, Map<String, Bytes> modules, List<TypeOrigin> typeOrigins,
        Map<Address, Linkage> linkage) {
    public record TypeOrigin(String module, String datatype, Address packageId) {}

    public record Linkage(Address upgradedId, long upgradedVersion) {}

    public MovePackage {
        modules = Map.copyOf(modules);
        typeOrigins = List.copyOf(typeOrigins);
        linkage = Map.copyOf(linkage);
    }

    void write(BcsWriter out) {
        id.write(out);
        out.u64(version);
        List<BcsWriter.MapEntry> named = new ArrayList<>();
        modules.forEach((name, code) -> named.add(new BcsWriter.MapEntry(
                new BcsWriter().string(name).toByteArray(), new BcsWriter(code.length() + 5).bytes(code).toByteArray())));
        out.map(named);
        out.vector(typeOrigins, (w, origin) -> origin.packageId.write(w.string(origin.module).string(origin.datatype)));
        List<BcsWriter.MapEntry> linked = new ArrayList<>();
        linkage.forEach((from, to) -> {
            var value = new BcsWriter(40);
            to.upgradedId.write(value);
            linked.add(new BcsWriter.MapEntry(from.bytes(), value.u64(to.upgradedVersion).toByteArray()));
        });
        out.map(linked);
    }

    static MovePackage read(BcsReader in) {
        Address id = Address.read(in);
        long version = in.u64();
        Map<String, Bytes> modules = in.map(BcsReader::string, BcsReader::byteString);
        List<TypeOrigin> origins = in.vector(r -> new TypeOrigin(r.string(), r.string(), Address.read(r)));
        Map<Address, Linkage> linkage = in.map(Address::read, r -> new Linkage(Address.read(r), r.u64()));
        return new MovePackage(id, version, modules, origins, linkage);
    }
}
