package dev.cadre.platform.http;

import dev.cadre.platform.shared.SettingException;
import java.math.BigInteger;
import java.net.InetAddress;

/** A block of addresses in CIDR notation. */
record AddressBlock(int family, BigInteger network, int shift) {

    static AddressBlock parse(String text) {
        try {
            int slash = text.indexOf('/');
            var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int bits = address.getAddress().length * 8;
            int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
            if (prefix < 0 || prefix > bits) {
                throw new IllegalArgumentException("prefix");
            }
            int shift = bits - prefix;
            return new AddressBlock(bits, number(address).shiftRight(shift), shift);
        } catch (IllegalArgumentException e) {
            throw new SettingException(refusal(text), e);
        }
    }

    boolean contains(InetAddress address) {
        return address.getAddress().length * 8 == family
                && number(address).shiftRight(shift).equals(network);
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    /** What to tell an operator about an entry that is neither a name nor a block. */
    static String refusal(String entry) {
        return "CADRE_EGRESS_ALLOW and CADRE_EGRESS_ONLY must hold host names, addresses or blocks such as 10.0.0.0/8,"
                + " not \"" + entry + "\".";
    }
}
