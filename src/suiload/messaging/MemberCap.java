package suiload.messaging;

import java.util.Map;
import suiload.bcs.BcsReader;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.json.Json;

/** The right of whoever owns it to write to one channel, as long as the channel lists it. */
public record MemberCap(Address id, Address channel) {
    static MemberCap decode(Bytes contents) {
        return BcsReader.decode(contents.toArray(), in -> new MemberCap(Address.read(in), Address.read(in)));
    }

    Map<String, Object> json() {
        return Json.object("memberCapId", id.toString(), "channelId", channel.toString());
    }
}
