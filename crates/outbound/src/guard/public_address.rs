//! Which addresses are on the public Internet.
//!
//! By IANA's registries of special-purpose addresses (RFC 6890): what they don't call globally reachable isn't public. Some ranges in which
//! single addresses are reachable (192.0.0.0/24, 2001::/23) are refused whole, since no receiver stands there. Addresses that carry an IPv4
//! address within (NAT64, 6to4, Teredo) are refused whatever they carry: who they are in the end is for a gateway to say.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{Ipv4Net, Ipv6Net};

/// <https://www.iana.org/assignments/iana-ipv4-special-registry>
const NOT_PUBLIC_V4: [Ipv4Net; 15] = [
    v4([0, 0, 0, 0], 8),       // "this network", RFC 791
    v4([10, 0, 0, 0], 8),      // private, RFC 1918
    v4([100, 64, 0, 0], 10),   // carriers' translators, RFC 6598
    v4([127, 0, 0, 0], 8),     // this machine, RFC 1122
    v4([169, 254, 0, 0], 16),  // the link, RFC 3927: clouds answer for their machines' secrets at 169.254.169.254
    v4([172, 16, 0, 0], 12),   // private, RFC 1918
    v4([192, 0, 0, 0], 24),    // protocols, RFC 6890
    v4([192, 0, 2, 0], 24),    // documentation, RFC 5737
    v4([192, 88, 99, 0], 24),  // once relays of 6to4, RFC 7526
    v4([192, 168, 0, 0], 16),  // private, RFC 1918
    v4([198, 18, 0, 0], 15),   // measurements, RFC 2544
    v4([198, 51, 100, 0], 24), // documentation, RFC 5737
    v4([203, 0, 113, 0], 24),  // documentation, RFC 5737
    v4([224, 0, 0, 0], 4),     // groups, RFC 5771
    v4([240, 0, 0, 0], 4),     // reserved, RFC 1112, and broadcast
];

/// All that is handed out of IPv6 so far, RFC 4291. Outside it lie `::`, `::1`, IPv4-compatible addresses, NAT64 (`64:ff9b::/96`,
/// `64:ff9b:1::/48`), discarding (`100::/64`), segment routing (`5f00::/16`), private networks (`fc00::/7`), the link (`fe80::/10`), sites
/// (`fec0::/10`) and groups (`ff00::/8`).
const GLOBAL_V6: Ipv6Net = v6([0x2000, 0, 0], 3);

/// What of [`GLOBAL_V6`] isn't public: <https://www.iana.org/assignments/iana-ipv6-special-registry>
const NOT_PUBLIC_V6: [Ipv6Net; 4] = [
    v6([0x2001, 0, 0], 23),     // protocols, Teredo among them, RFC 2928
    v6([0x2001, 0xDB8, 0], 32), // documentation, RFC 3849
    v6([0x2002, 0, 0], 16),     // 6to4, RFC 3056
    v6([0x3FFF, 0, 0], 20),     // documentation, RFC 9637
];

const fn v4([a, b, c, d]: [u8; 4], prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)
}

const fn v6([a, b, c]: [u16; 3], prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0), prefix)
}

/// Whether a machine on the public Internet may have this address.
pub fn is_public(address: IpAddr) -> bool {
    // The system connects to ::ffff:10.0.0.1 by IPv4.
    match address.to_canonical() {
        IpAddr::V4(address) => !NOT_PUBLIC_V4.iter().any(|network| network.contains(&address)),
        IpAddr::V6(address) => {
            GLOBAL_V6.contains(&address) && !NOT_PUBLIC_V6.iter().any(|network| network.contains(&address))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each range's first and last address, and what lies around it where that is public.
    #[test]
    fn the_edges_of_every_range_are_exact() {
        let table = [
            ("0.0.0.0", "0.255.255.255", "", "1.0.0.0"),
            ("10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"),
            ("100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"),
            ("127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"),
            ("169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"),
            ("172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"),
            ("192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"),
            ("192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"),
            ("192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0"),
            ("192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"),
            ("198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"),
            ("198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0"),
            ("203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"),
            ("224.0.0.0", "239.255.255.255", "223.255.255.255", ""),
            ("240.0.0.0", "255.255.255.255", "", ""),
            ("::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "", "2000::"),
            ("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "2000:ffff:ffff:ffff::", "2001:200::"),
            ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7:ffff::", "2001:db9::"),
            ("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:ffff:ffff::", "2003::"),
            ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "3ffe:ffff:ffff::", "3fff:1000::"),
            ("4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:ffff:ffff::", ""),
        ];
        let judge = |text: &str| is_public(text.parse().unwrap());
        for (first, last, before, after) in table {
            assert!(!judge(first) && !judge(last), "{first}");
            for around in [before, after].iter().filter(|text| !text.is_empty()) {
                assert!(judge(around), "{around}");
            }
        }
    }

    #[test]
    fn what_carries_another_address_within_is_not_a_way_around() {
        for text in [
            "::1",
            "::127.0.0.1",
            "::8.8.8.8",
            "::ffff:127.0.0.1",
            "::ffff:10.1.2.3",
            "::ffff:169.254.169.254",
            "::ffff:0:127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::808:808",
            "64:ff9b:1::a00:1",
            "100::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2002:7f00:1::",
            "2002:808:808::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn receivers_on_the_internet_are_public() {
        for text in
            ["1.1.1.1", "8.8.8.8", "103.28.12.1", "::ffff:8.8.8.8", "2001:4860:4860::8888", "2404:6800::1", "2a00::1"]
        {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }
}
