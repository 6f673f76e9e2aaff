package suiload.localnet;

/**
 * The part of Move's standard library and Sui's framework that a client of this kind of application meets. Functions that
 * return references are left out: a programmable transaction cannot call them.
 */
final class FrameworkInterface {
    private FrameworkInterface() {}

    static final String STDLIB =
            """
            module 0x1::option
            struct Option<T> has copy, drop, store { vec: vector<T> }
            public fun none<T>(): Option<T>
            public fun some<T>(T): Option<T>
            public fun is_none<T>(&Option<T>): bool
            public fun is_some<T>(&Option<T>): bool
            public fun fill<T>(&mut Option<T>, T)
            public fun extract<T>(&mut Option<T>): T
            public fun destroy_some<T>(Option<T>): T
            public fun destroy_none<T>(Option<T>)
            public fun destroy_with_default<T: drop>(Option<T>, T): T

            module 0x1::vector
            public fun empty<T>(): vector<T>
            public fun singleton<T>(T): vector<T>
            public fun length<T>(&vector<T>): u64
            public fun is_empty<T>(&vector<T>): bool
            public fun push_back<T>(&mut vector<T>, T)
            public fun pop_back<T>(&mut vector<T>): T
            public fun append<T>(&mut vector<T>, vector<T>)
            public fun reverse<T>(&mut vector<T>)
            public fun destroy_empty<T>(vector<T>)

            module 0x1::ascii
            struct String has copy, drop, store { bytes: vector<u8> }
            public fun string(vector<u8>): String
            public fun length(&String): u64
            public fun into_bytes(String): vector<u8>

            module 0x1::string
            struct String has copy, drop, store { bytes: vector<u8> }
            public fun utf8(vector<u8>): String
            public fun from_ascii(ascii::String): String
            public fun to_ascii(String): ascii::String
            public fun length(&String): u64
            public fun into_bytes(String): vector<u8>

            module 0x1::type_name
            struct TypeName has copy, drop, store { name: ascii::String }
            public fun get<T>(): TypeName
            public fun into_string(TypeName): ascii::String
            """;

    static final String SUI =
            """
            module 0x2::object
            struct ID has copy, drop, store { bytes: address }
            struct UID has store { id: ID }
            public fun id_from_address(address): ID
            public fun id_from_bytes(vector<u8>): ID
            public fun id_to_address(&ID): address
            public fun id_to_bytes(&ID): vector<u8>
            public fun id<T: key>(&T): ID
            public fun id_address<T: key>(&T): address

            module 0x2::tx_context
            struct TxContext has drop { sender: address, tx_hash: vector<u8>, epoch: u64, epoch_timestamp_ms: u64, ids_created: u64 }
            public fun sender(&TxContext): address
            public fun epoch(&TxContext): u64
            public fun epoch_timestamp_ms(&TxContext): u64
            public fun fresh_object_address(&mut TxContext): address

            module 0x2::clock
            struct Clock has key { id: UID, timestamp_ms: u64 }
            public fun timestamp_ms(&Clock): u64

            module 0x2::sui
            struct SUI has drop { dummy_field: bool }
            public entry fun transfer(Coin<SUI>, address)

            module 0x2::balance
            struct Balance<phantom T> has store { value: u64 }
            public fun value<T>(&Balance<T>): u64
            public fun zero<T>(): Balance<T>
            public fun join<T>(&mut Balance<T>, Balance<T>): u64
            public fun split<T>(&mut Balance<T>, u64): Balance<T>
            public fun withdraw_all<T>(&mut Balance<T>): Balance<T>
            public fun destroy_zero<T>(Balance<T>)

            module 0x2::coin
            struct Coin<phantom T> has key, store { id: UID, balance: Balance<T> }
            public fun value<T>(&Coin<T>): u64
            public fun into_balance<T>(Coin<T>): Balance<T>
            public fun from_balance<T>(Balance<T>, &mut TxContext): Coin<T>
            public fun join<T>(&mut Coin<T>, Coin<T>)
            public fun split<T>(&mut Coin<T>, u64, &mut TxContext): Coin<T>
            public fun divide_into_n<T>(&mut Coin<T>, u64, &mut TxContext): vector<Coin<T>>
            public fun zero<T>(&mut TxContext): Coin<T>
            public fun destroy_zero<T>(Coin<T>)

            module 0x2::pay
            public fun keep<T>(Coin<T>, &TxContext)
            public entry fun split<T>(&mut Coin<T>, u64, &mut TxContext)
            public entry fun split_vec<T>(&mut Coin<T>, vector<u64>, &mut TxContext)
            public entry fun split_and_transfer<T>(&mut Coin<T>, u64, address, &mut TxContext)
            public entry fun divide_and_keep<T>(&mut Coin<T>, u64, &mut TxContext)
            public entry fun join<T>(&mut Coin<T>, Coin<T>)
            public entry fun join_vec<T>(&mut Coin<T>, vector<Coin<T>>)
            public entry fun join_vec_and_transfer<T>(vector<Coin<T>>, address)

            module 0x2::transfer
            struct Receiving<phantom T: key> has drop { id: ID, version: u64 }
            public fun public_transfer<T: key + store>(T, address)
            public fun public_share_object<T: key + store>(T)
            public fun public_freeze_object<T: key + store>(T)
            public fun public_receive<T: key + store>(&mut UID, Receiving<T>): T
            public fun receiving_object_id<T: key>(&Receiving<T>): ID

            module 0x2::vec_map
            struct Entry<K: copy, V> has copy, drop, store { key: K, value: V }
            struct VecMap<K: copy, V> has copy, drop, store { contents: vector<Entry<K, V>> }
            public fun empty<K: copy, V>(): VecMap<K, V>
            public fun insert<K: copy, V>(&mut VecMap<K, V>, K, V)
            public fun remove<K: copy, V>(&mut VecMap<K, V>, &K): (K, V)
            public fun contains<K: copy, V>(&VecMap<K, V>, &K): bool
            public fun size<K: copy, V>(&VecMap<K, V>): u64
            public fun is_empty<K: copy, V>(&VecMap<K, V>): bool
            public fun destroy_empty<K: copy, V>(VecMap<K, V>)
            public fun from_keys_values<K: copy, V>(vector<K>, vector<V>): VecMap<K, V>
            public fun into_keys_values<K: copy, V>(VecMap<K, V>): (vector<K>, vector<V>)

            module 0x2::vec_set
            struct VecSet<K: copy + drop> has copy, drop, store { contents: vector<K> }
            public fun empty<K: copy + drop>(): VecSet<K>
            public fun singleton<K: copy + drop>(K): VecSet<K>
            public fun insert<K: copy + drop>(&mut VecSet<K>, K)
            public fun contains<K: copy + drop>(&VecSet<K>, &K): bool
            public fun size<K: copy + drop>(&VecSet<K>): u64
            public fun from_keys<K: copy + drop>(vector<K>): VecSet<K>
            public fun into_keys<K: copy + drop>(VecSet<K>): vector<K>

            module 0x2::table
            struct Table<phantom K: copy + drop + store, phantom V: store> has key, store { id: UID, size: u64 }

            module 0x2::table_vec
            struct TableVec<phantom T: store> has store { contents: Table<u64, T> }

            module 0x2::versioned
            struct Versioned has key, store { id: UID, version: u64 }

            module 0x2::dynamic_field
            struct Field<Name: copy + drop + store, Value: store> has key { id: UID, name: Name, value: Value }

            module 0x2::dynamic_object_field
            struct Wrapper<Name> has copy, drop, store { name: Name }

            module 0x2::derived_object
            struct DerivedObjectKey<K> has copy, drop, store { key: K }

            module 0x2::url
            struct Url has copy, drop, store { url: ascii::String }
            """;
}
