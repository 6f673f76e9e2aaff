package suiload.localnet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import suiload.chain.Address;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;
import suiload.json.Json;

/** Coins and balances over JSON-RPC (facts: sui-jsonrpc.md section 4.4). */
final class CoinQueries {
    private static final StructTag ANY_COIN = StructTag.of(Address.SUI_FRAMEWORK, "coin", "Coin");

    Object coins(JsonRpcParams params, Replica replica) {
        List<LedgerObject> coins = owned(params.address(0, "owner"), Optional.of(coinType(params)), replica);
        return JsonRpcPage.of(coins, params.cursor(2), params.limit(3), CoinQueries::coin);
    }

    Object allCoins(JsonRpcParams params, Replica replica) {
        List<LedgerObject> coins = owned(params.address(0, "owner"), Optional.empty(), replica);
        return JsonRpcPage.of(coins, params.cursor(1), params.limit(2), CoinQueries::coin);
    }

    /** SUI when nobody says. */
    private static TypeTag coinType(JsonRpcParams params) {
        return TypeTag.of(params.find(1).map(JsonRpcParams::struct).orElse(StructTag.SUI));
    }

    private static List<LedgerObject> owned(Address owner, Optional<TypeTag> coinType, Replica replica) {
        StructTag type = coinType.map(of -> StructTag.of(Address.SUI_FRAMEWORK, "coin", "Coin", of)).orElse(ANY_COIN);
        return replica.owned(owner, Optional.of(type), Optional.empty(), Integer.MAX_VALUE).items();
    }

    private static TypeTag coinType(LedgerObject coin) {
        return coin.objectType().coin().orElseThrow();
    }

    private static Object coin(LedgerObject coin) {
        Map<String, Object> json = Json.object("coinType", TypeText.of(coinType(coin)));
        json.putAll(ObjectJson.versioned("coinObjectId", coin));
        json.put("balance", Long.toUnsignedString(coin.balance().orElseThrow()));
        json.put("previousTransaction", coin.previousTransaction().toString());
        return json;
    }

    Object balance(JsonRpcParams params, Replica replica) {
        TypeTag type = coinType(params);
        return balance(TypeText.of(type), owned(params.address(0, "owner"), Optional.of(type), replica));
    }

    Object allBalances(JsonRpcParams params, Replica replica) {
        Map<String, List<LedgerObject>> byType = owned(params.address(0, "owner"), Optional.empty(), replica).stream()
                .collect(Collectors.groupingBy(coin -> TypeText.of(coinType(coin)), TreeMap::new, Collectors.toList()));
        return byType.entrySet().stream().map(entry -> balance(entry.getKey(), entry.getValue())).toList();
    }

    private static Map<String, Object> balance(String type, List<LedgerObject> coins) {
        long sum = coins.stream().mapToLong(coin -> coin.balance().orElseThrow()).sum();
        return Json.object("coinType", type, "coinObjectCount", coins.size(), "totalBalance", Long.toUnsignedString(sum),
                "lockedBalance", Map.of());
    }
}
