package suiload.localnet;

import java.util.List;
import java.util.Set;
import suiload.chain.Address;
import suiload.chain.TypeTag;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.GrpcStatus;
import suiload.grpcweb.proto.Ability;
import suiload.grpcweb.proto.DatatypeDescriptor;
import suiload.grpcweb.proto.FieldDescriptor;
import suiload.grpcweb.proto.FunctionDescriptor;
import suiload.grpcweb.proto.GetDatatypeRequest;
import suiload.grpcweb.proto.GetDatatypeResponse;
import suiload.grpcweb.proto.GetFunctionRequest;
import suiload.grpcweb.proto.GetFunctionResponse;
import suiload.grpcweb.proto.GetPackageRequest;
import suiload.grpcweb.proto.GetPackageResponse;
import suiload.grpcweb.proto.ListPackageVersionsRequest;
import suiload.grpcweb.proto.ListPackageVersionsResponse;
import suiload.grpcweb.proto.Module;
import suiload.grpcweb.proto.OpenSignature;
import suiload.grpcweb.proto.OpenSignatureBody;
import suiload.grpcweb.proto.Package;
import suiload.grpcweb.proto.PackageVersion;
import suiload.grpcweb.proto.TypeParameter;

/** MovePackageService: what packages declare (facts: sui-grpc.md section 4.5). */
final class PackageReads {
    GetFunctionResponse function(GetFunctionRequest request, Replica replica) {
        if (!request.hasModuleName()) throw GrpcException.missing("module_name");
        if (!request.hasName()) throw GrpcException.missing("name");
        var code = code(request.hasPackageId(), request.getPackageId(), replica);
        // An unknown name is INTERNAL, as on nodes.
        return code.function(request.getModuleName(), request.getName())
                .map(function -> GetFunctionResponse.newBuilder().setFunction(function(function)).build())
                .orElseThrow(() -> new GrpcException(GrpcStatus.INTERNAL,
                        "function " + request.getModuleName() + "::" + request.getName() + " not found"));
    }

    GetDatatypeResponse datatype(GetDatatypeRequest request, Replica replica) {
        if (!request.hasModuleName()) throw GrpcException.missing("module_name");
        if (!request.hasName()) throw GrpcException.missing("name");
        var code = code(request.hasPackageId(), request.getPackageId(), replica);
        return code.datatype(request.getModuleName(), request.getName())
                .map(datatype -> GetDatatypeResponse.newBuilder().setDatatype(datatype(datatype)).build())
                .orElseThrow(() -> new GrpcException(GrpcStatus.INTERNAL,
                        "datatype " + request.getModuleName() + "::" + request.getName() + " not found"));
    }

    GetPackageResponse code(GetPackageRequest request, Replica replica) {
        var code = code(request.hasPackageId(), request.getPackageId(), replica);
        var proto = Package.newBuilder().setStorageId(code.id().toString()).setOriginalId(code.id().toString()).setVersion(1);
        code.modules().forEach(module -> proto.addModules(Module.newBuilder().setName(module.name())
                .addAllDatatypes(module.datatypes().stream().map(PackageReads::datatype).toList())
                .addAllFunctions(module.functions().stream().map(PackageReads::function).toList())));
        return GetPackageResponse.newBuilder().setPackage(proto).build();
    }

    /** Nothing is upgraded here: every package has one version. */
    ListPackageVersionsResponse versions(ListPackageVersionsRequest request, Replica replica) {
        var code = code(request.hasPackageId(), request.getPackageId(), replica);
        return ListPackageVersionsResponse.newBuilder()
                .addVersions(PackageVersion.newBuilder().setPackageId(code.id().toString()).setVersion(1)).build();
    }

    private static MovePackageInterface code(boolean given, String text, Replica replica) {
        if (!given) throw GrpcException.missing("package_id");
        Address id = TransactionReader.address("package_id", text);
        return replica.ledger().packageInterface(id).orElseThrow(() -> replica.object(id).isEmpty()
                ? new GrpcException(GrpcStatus.NOT_FOUND, "")
                : GrpcException.invalid("package_id", "object " + id + " is not a package"));
    }

    private static FunctionDescriptor function(MovePackageInterface.Function function) {
        return FunctionDescriptor.newBuilder().setName(function.name()).setVisibility(switch (function.visibility()) {
            case PRIVATE -> FunctionDescriptor.Visibility.PRIVATE;
            case PUBLIC -> FunctionDescriptor.Visibility.PUBLIC;
            case FRIEND -> FunctionDescriptor.Visibility.FRIEND;
        }).setIsEntry(function.entry()).addAllTypeParameters(typeParameters(function.typeParameters()))
                .addAllParameters(signatures(function.parameters())).addAllReturns(signatures(function.returns())).build();
    }

    private static DatatypeDescriptor datatype(MovePackageInterface.Datatype datatype) {
        var proto = DatatypeDescriptor.newBuilder()
                .setTypeName(datatype.address() + "::" + datatype.module() + "::" + datatype.name())
                .setDefiningId(datatype.address().toString()).setModule(datatype.module()).setName(datatype.name())
                .addAllAbilities(abilities(datatype.abilities())).addAllTypeParameters(typeParameters(datatype.typeParameters()))
                .setKind(DatatypeDescriptor.DatatypeKind.STRUCT);
        for (int i = 0; i < datatype.fields().size(); i++) {
            var field = datatype.fields().get(i);
            proto.addFields(FieldDescriptor.newBuilder().setName(field.name()).setPosition(i).setType(body(field.type())));
        }
        return proto.build();
    }

    private static List<TypeParameter> typeParameters(List<MovePackageInterface.TypeParameter> parameters) {
        return parameters.stream().map(parameter -> TypeParameter.newBuilder()
                .addAllConstraints(abilities(parameter.constraints())).setIsPhantom(parameter.phantom()).build()).toList();
    }

    private static List<Ability> abilities(Set<MovePackageInterface.Ability> abilities) {
        return abilities.stream().sorted().map(ability -> switch (ability) {
            case COPY -> Ability.COPY;
            case DROP -> Ability.DROP;
            case STORE -> Ability.STORE;
            case KEY -> Ability.KEY;
        }).toList();
    }

    private static List<OpenSignature> signatures(List<MovePackageInterface.Parameter> parameters) {
        return parameters.stream().map(parameter -> {
            var signature = OpenSignature.newBuilder().setBody(body(parameter.type()));
            return switch (parameter.reference()) {
                case VALUE -> signature.build();
                case IMMUTABLE -> signature.setReference(OpenSignature.Reference.IMMUTABLE).build();
                case MUTABLE -> signature.setReference(OpenSignature.Reference.MUTABLE).build();
            };
        }).toList();
    }

    private static OpenSignatureBody body(MovePackageInterface.Type type) {
        var proto = OpenSignatureBody.newBuilder();
        return switch (type) {
            case MovePackageInterface.Type.Primitive(TypeTag.Primitive tag) -> proto.setType(primitive(tag)).build();
            case MovePackageInterface.Type.Vector(MovePackageInterface.Type element) ->
                    proto.setType(OpenSignatureBody.Type.VECTOR).addTypeParameterInstantiation(body(element)).build();
            case MovePackageInterface.Type.Struct struct -> proto.setType(OpenSignatureBody.Type.DATATYPE)
                    .setTypeName(struct.address() + "::" + struct.module() + "::" + struct.name())
                    .addAllTypeParameterInstantiation(struct.arguments().stream().map(PackageReads::body).toList()).build();
            case MovePackageInterface.Type.Variable(int index) ->
                    proto.setType(OpenSignatureBody.Type.TYPE_PARAMETER).setTypeParameter(index).build();
        };
    }

    private static OpenSignatureBody.Type primitive(TypeTag.Primitive tag) {
        return switch (tag) {
            case BOOL -> OpenSignatureBody.Type.BOOL;
            case U8 -> OpenSignatureBody.Type.U8;
            case U16 -> OpenSignatureBody.Type.U16;
            case U32 -> OpenSignatureBody.Type.U32;
            case U64 -> OpenSignatureBody.Type.U64;
            case U128 -> OpenSignatureBody.Type.U128;
            case U256 -> OpenSignatureBody.Type.U256;
            case ADDRESS, SIGNER -> OpenSignatureBody.Type.ADDRESS;
        };
    }
}
