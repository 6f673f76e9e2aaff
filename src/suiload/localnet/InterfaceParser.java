package suiload.localnet;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import suiload.chain.Address;
import suiload.chain.TypeTag;
import suiload.localnet.MovePackageInterface.Ability;
import suiload.localnet.MovePackageInterface.Datatype;
import suiload.localnet.MovePackageInterface.Field;
import suiload.localnet.MovePackageInterface.Function;
import suiload.localnet.MovePackageInterface.Module;
import suiload.localnet.MovePackageInterface.Parameter;
import suiload.localnet.MovePackageInterface.Reference;
import suiload.localnet.MovePackageInterface.Type;
import suiload.localnet.MovePackageInterface.TypeParameter;
import suiload.localnet.MovePackageInterface.Visibility;

/**
 * Reads Move declarations: {@code module 0x2::coin}, then structs and functions without bodies and without parameter
 * names. A struct is named by its name, or {@code module::Name} where two modules have one of that name. The texts are
 * our own constants: what is wrong in them is a programming error.
 */
final class InterfaceParser {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_]+|::|[<>(){},:&+]");

    /** A struct before the types of its fields are known. */
    private record Name(Address address, String module, String name) {}

    private final List<String> tokens = new ArrayList<>();
    private final Map<String, Name> structs = new HashMap<>();
    private final Map<Address, Map<String, Module>> packages = new LinkedHashMap<>();
    private Map<String, Integer> variables = Map.of();
    private Address address = Address.ZERO;
    private Module module;
    private int position;

    private InterfaceParser(List<String> texts) {
        for (String text : texts) {
            Matcher matcher = TOKEN.matcher(text.replaceAll("//[^\n]*", ""));
            while (matcher.find()) tokens.add(matcher.group());
        }
    }

    /** The packages of texts that may name each other's structs. */
    static List<MovePackageInterface> parse(List<String> texts) {
        var parser = new InterfaceParser(texts);
        parser.collectNames();
        parser.position = 0;
        while (parser.position < parser.tokens.size()) parser.declaration();
        List<MovePackageInterface> result = new ArrayList<>();
        parser.packages.forEach((id, modules) -> result.add(new MovePackageInterface(id, modules.values().stream()
                .map(module -> new Module(module.name(), List.copyOf(module.datatypes()), List.copyOf(module.functions()))).toList())));
        return result;
    }

    private void collectNames() {
        Address at = Address.ZERO;
        String in = "";
        for (int i = 0; i + 3 < tokens.size(); i++) {
            if (tokens.get(i).equals("module")) {
                at = Address.parse(tokens.get(i + 1));
                in = tokens.get(i + 3);
            } else if (tokens.get(i).equals("struct")) {
                var name = new Name(at, in, tokens.get(i + 1));
                structs.put(name.name, name);
                structs.put(in + "::" + name.name, name);
            }
        }
    }

    private void declaration() {
        String word = next();
        switch (word) {
            case "module" -> module();
            case "struct" -> module.datatypes().add(struct());
            case "fun" -> module.functions().add(function(Visibility.PRIVATE, false));
            case "entry" -> {
                expect("fun");
                module.functions().add(function(Visibility.PRIVATE, true));
            }
            case "public" -> {
                boolean friend = accept("(");
                if (friend) {
                    expect("package");
                    expect(")");
                }
                boolean entry = accept("entry");
                expect("fun");
                module.functions().add(function(friend ? Visibility.FRIEND : Visibility.PUBLIC, entry));
            }
            default -> throw bad("a declaration", word);
        }
    }

    private void module() {
        address = Address.parse(next());
        expect("::");
        module = new Module(next(), new ArrayList<>(), new ArrayList<>());
        packages.computeIfAbsent(address, id -> new java.util.TreeMap<>()).put(module.name(), module);
    }

    private Datatype struct() {
        String name = next();
        List<TypeParameter> parameters = typeParameters();
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        if (accept("has")) do abilities.add(ability()); while (accept(","));
        expect("{");
        List<Field> fields = new ArrayList<>();
        while (!accept("}")) {
            String field = next();
            expect(":");
            fields.add(new Field(field, type()));
            accept(",");
        }
        return new Datatype(address, module.name(), name, abilities, parameters, fields);
    }

    private Function function(Visibility visibility, boolean entry) {
        String name = next();
        List<TypeParameter> parameters = typeParameters();
        return new Function(name, visibility, entry, parameters, parameterList(), returns());
    }

    private List<Parameter> returns() {
        if (!accept(":")) return List.of();
        return tokens.get(position).equals("(") ? parameterList() : List.of(parameter());
    }

    private List<Parameter> parameterList() {
        expect("(");
        List<Parameter> parameters = new ArrayList<>();
        while (!accept(")")) {
            parameters.add(parameter());
            accept(",");
        }
        return parameters;
    }

    private Parameter parameter() {
        if (!accept("&")) return new Parameter(Reference.VALUE, type());
        return new Parameter(accept("mut") ? Reference.MUTABLE : Reference.IMMUTABLE, type());
    }

    private List<TypeParameter> typeParameters() {
        Map<String, Integer> names = new HashMap<>();
        List<TypeParameter> parameters = new ArrayList<>();
        if (accept("<")) {
            do {
                boolean phantom = accept("phantom");
                names.put(next(), parameters.size());
                Set<Ability> constraints = EnumSet.noneOf(Ability.class);
                if (accept(":")) do constraints.add(ability()); while (accept("+"));
                parameters.add(new TypeParameter(constraints, phantom));
            } while (accept(","));
            expect(">");
        }
        variables = names;
        return parameters;
    }

    private Type type() {
        String name = next();
        for (TypeTag.Primitive primitive : TypeTag.Primitive.values()) {
            if (primitive.toString().equals(name)) return new Type.Primitive(primitive);
        }
        if (variables.containsKey(name)) return new Type.Variable(variables.get(name));
        if (name.equals("vector")) return new Type.Vector(typeArguments().getFirst());
        if (accept("::")) name += "::" + next();
        Name struct = structs.getOrDefault(module.name() + "::" + name, structs.get(name));
        if (struct == null) throw bad("a type", name);
        return new Type.Struct(struct.address, struct.module, struct.name, typeArguments());
    }

    private List<Type> typeArguments() {
        List<Type> arguments = new ArrayList<>();
        if (accept("<")) {
            do arguments.add(type()); while (accept(","));
            expect(">");
        }
        return List.copyOf(arguments);
    }

    private Ability ability() {
        return Ability.valueOf(next().toUpperCase(Locale.ROOT));
    }

    private String next() {
        return tokens.get(position++);
    }

    private boolean accept(String token) {
        boolean found = position < tokens.size() && tokens.get(position).equals(token);
        if (found) position++;
        return found;
    }

    private void expect(String token) {
        String found = next();
        if (!found.equals(token)) throw bad("'" + token + "'", found);
    }

    private IllegalStateException bad(String expected, String found) {
        return new IllegalStateException(expected + " expected, not '" + found + "', at token " + position + " of module "
                + (module == null ? "?" : module.name()));
    }
}
