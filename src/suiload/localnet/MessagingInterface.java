package suiload.localnet;

import suiload.chain.Address;

/** The declarations of the messaging package (facts: messaging-contract.md sections 1 and 2). */
final class MessagingInterface {
    private MessagingInterface() {}

    /** Where the package is published on testnet and mainnet, and from genesis on here. */
    static final Address ID = Address.parse("0x984960ebddd75c15c6d38355ac462621db0ffc7d6647214c802cd3b685e1af3d");

    private static final String MODULES =
            """
            module PKG::attachment
            struct Attachment has copy, drop, store {
                blob_ref: string::String, encrypted_metadata: vector<u8>, data_nonce: vector<u8>, metadata_nonce: vector<u8>,
                key_version: u32
            }
            public fun new(string::String, vector<u8>, vector<u8>, vector<u8>, u32): Attachment

            module PKG::auth
            struct EditPermissions has drop { dummy_field: bool }
            struct Auth has store { member_permissions: VecMap<ID, VecSet<TypeName>>, config: Versioned }

            module PKG::channel
            struct SimpleMessenger has drop { dummy_field: bool }
            struct Channel has key {
                id: UID, version: u64, auth: Auth, messages: TableVec<Message>, messages_count: u64, last_message: Option<Message>,
                created_at_ms: u64, updated_at_ms: u64, encryption_key_history: EncryptionKeyHistory
            }
            public fun new(Option<Config>, &Clock, &mut TxContext): (Channel, CreatorCap, MemberCap)
            public fun share(Channel, &CreatorCap)
            public fun add_encrypted_key(&mut Channel, &MemberCap, vector<u8>)
            public fun add_members(&mut Channel, &MemberCap, u64, &Clock, &mut TxContext): vector<MemberCap>
            public fun remove_members(&mut Channel, &MemberCap, vector<ID>, &Clock)
            public fun send_message(&mut Channel, &MemberCap, vector<u8>, vector<u8>, vector<Attachment>, &Clock, &TxContext)
            public fun namespace(&Channel): vector<u8>
            public(package) fun version(&Channel): u64
            public(package) fun latest_encryption_key(&Channel): vector<u8>
            public(package) fun messages_count(&Channel): u64
            public(package) fun is_member(&Channel, &MemberCap): bool

            module PKG::config
            struct EditConfig has drop { dummy_field: bool }
            struct Config has drop, store {
                max_channel_members: u64, max_channel_roles: u64, max_message_text_chars: u64, max_message_attachments: u64,
                require_invitation: bool, require_request: bool, emit_events: bool
            }
            public fun default(): Config
            public fun new(u64, u64, u64, u64, bool, bool, bool): Config
            public fun none(): Option<Config>

            module PKG::creator_cap
            struct CreatorCap has key { id: UID, channel_id: ID }
            public fun transfer_to_sender(CreatorCap, &TxContext)
            public(package) fun channel_id(&CreatorCap): ID

            module PKG::encryption_key_history
            struct EditEncryptionKey has drop { dummy_field: bool }
            struct EncryptionKeyHistory has store { latest: vector<u8>, latest_version: u32, history: TableVec<vector<u8>> }

            module PKG::member_cap
            struct MemberCap has key { id: UID, channel_id: ID }
            public fun channel_id(&MemberCap): ID
            public fun transfer_to_recipient(MemberCap, &CreatorCap, address)
            public fun transfer_member_caps(vector<address>, vector<MemberCap>, &CreatorCap)
            public(package) fun burn(MemberCap)

            module PKG::message
            struct Message has drop, store {
                sender: address, ciphertext: vector<u8>, nonce: vector<u8>, key_version: u32, attachments: vector<Attachment>,
                created_at_ms: u64
            }
            struct MessageAddedEvent has copy, drop {
                channel_id: ID, message_index: u64, sender: address, ciphertext: vector<u8>, nonce: vector<u8>, key_version: u32,
                attachment_refs: vector<string::String>, attachment_nonces: vector<vector<u8>>, created_at_ms: u64
            }
            public fun new(address, vector<u8>, vector<u8>, u32, vector<Attachment>, &Clock): Message

            module PKG::seal_policies
            entry fun seal_approve(vector<u8>, &Channel, &MemberCap)
            """;

    static String text() {
        return MODULES.replace("PKG", ID.toString());
    }
}
