//! Every known way around, as a table.

use super::*;
use crate::guard::GuardFault::{
    Fragment, NoUrl, NotAllowed, NotPublic, OddCharacter, OddHost, OtherPort, OtherScheme, PrivateName, TooLong,
    Unencrypted, UserInfo,
};

fn guard(allow_private: bool, networks: &[&str]) -> Guard {
    let allowed_networks = networks.iter().map(|network| network.parse().unwrap()).collect();
    Guard::new(GuardPolicy { allow_private, allowed_networks, ..GuardPolicy::default() })
}

fn fault(guard: &Guard, url: &str) -> Option<GuardFault> {
    guard.check_url(url).err()
}

#[test]
fn receivers_on_the_internet_are_gone_to() {
    for (text, sent_to) in [
        ("https://toko.id", "https://toko.id/"),
        ("https://toko.id/webhook?a=b&c=%20d", "https://toko.id/webhook?a=b&c=%20d"),
        ("HTTPS://Toko.ID:443/Webhook", "https://toko.id/Webhook"),
        ("https://a-b.c_d.toko.co.id:8443/x@y", "https://a-b.c_d.toko.co.id:8443/x@y"),
        ("https://xn--bcher-kva.example.com/", "https://xn--bcher-kva.example.com/"),
        ("https://8.8.8.8/", "https://8.8.8.8/"),
        ("https://[2001:4860:4860::8888]/", "https://[2001:4860:4860::8888]/"),
        ("https://[2001:4860:4860:0:0:0:0:8888]:8443/", "https://[2001:4860:4860::8888]:8443/"),
        ("https://localhost.toko.id/", "https://localhost.toko.id/"),
    ] {
        let destination = Guard::default().check_url(text).unwrap();
        assert_eq!((destination.as_str(), destination.reach()), (sent_to, Reach::Public), "{text}");
    }
}

/// Each URL is refused in production, for this reason.
fn refused(table: &[(&str, GuardFault)]) {
    for (url, expected) in table {
        assert_eq!(fault(&Guard::default(), url), Some(*expected), "{url:?}");
    }
}

#[test]
fn addresses_that_are_not_public_are_refused_however_they_are_written() {
    refused(&[
        ("https://127.0.0.1/", NotPublic),
        ("https://127.255.255.254/", NotPublic),
        ("https://0.0.0.0/", NotPublic),
        ("https://10.0.0.1/", NotPublic),
        ("https://172.16.0.1:8443/", NotPublic),
        ("https://192.168.1.1/", NotPublic),
        ("https://169.254.169.254/latest/meta-data/", NotPublic),
        ("https://100.100.100.200/", NotPublic),
        ("https://255.255.255.255/", NotPublic),
        ("https://[::]/", NotPublic),
        ("https://[::1]/", NotPublic),
        ("https://[0:0:0:0:0:0:0:1]/", NotPublic),
        ("https://[::127.0.0.1]/", NotPublic),
        ("https://[::ffff:127.0.0.1]/", NotPublic),
        ("https://[::FFFF:7F00:1]/", NotPublic),
        ("https://[::ffff:7f00:1]/", NotPublic),
        ("https://[0:0:0:0:0:ffff:169.254.169.254]/", NotPublic),
        ("https://[64:ff9b::127.0.0.1]/", NotPublic),
        ("https://[64:ff9b::8.8.8.8]/", NotPublic),
        ("https://[64:ff9b:1::7f00:1]/", NotPublic),
        ("https://[2002:7f00:1::]/", NotPublic),
        ("https://[2001:0:7f00:1::]/", NotPublic),
        ("https://[fe80::1]/", NotPublic),
        ("https://[fd00:ec2::254]/", NotPublic),
        ("https://[fec0::1]/", NotPublic),
        ("https://[ff02::1]/", NotPublic),
    ]);
}

#[test]
fn addresses_in_disguise_are_refused_whatever_they_mean() {
    refused(&[
        ("https://2130706433/", OddHost),
        ("https://017700000001/", OddHost),
        ("https://0x7f000001/", OddHost),
        ("https://0x7f.1/", OddHost),
        ("https://0X7F.0.0.1/", OddHost),
        ("https://0177.0.0.1/", OddHost),
        ("https://127.1/", OddHost),
        ("https://127.0.1/", OddHost),
        ("https://127.0.0.01/", OddHost),
        ("https://127.0.0.1./", OddHost),
        ("https://0/", OddHost),
        ("https://08.8.8.8/", NoUrl),
        ("https://8.8.8.8./", OddHost),
        ("https://134744072/", OddHost),
        ("https://256.0.0.1/", NoUrl),
        ("https://1.2.3.4.5/", NoUrl),
        ("https://toko.0x7f/", NoUrl),
        ("https://127%2e0.0.1/", OddHost),
        ("https://%31%32%37.0.0.1/", OddHost),
        ("https://%6cocalhost/", OddHost),
        ("https://%EF%BC%91%EF%BC%92%EF%BC%97.0.0.1/", OddHost),
        ("https://１２７.0.0.1/", OddCharacter),
        ("https://127。0。0。1/", OddCharacter),
        ("https://①②⑦.0.0.1/", OddCharacter),
        ("https://ｌocalhost/", OddCharacter),
        ("https://lo\u{ad}calhost/", OddCharacter),
        ("https://localhost\u{200b}/", OddCharacter),
        ("https://b\u{fc}cher.id/", OddCharacter),
        ("https://[fe80::1%25eth0]/", NoUrl),
        ("https://[fe80::1%eth0]/", NoUrl),
        ("https://[::1/", NoUrl),
        ("https://[::1]]/", NoUrl),
        ("https://[127.0.0.1]/", NoUrl),
        ("https://[::1].toko.id/", NoUrl),
        ("https://::1/", NoUrl),
    ]);
}

#[test]
fn names_of_networks_are_refused() {
    refused(&[
        ("https://localhost/", PrivateName),
        ("https://LOCALHOST:8443/", PrivateName),
        ("https://localhost./", OddHost),
        ("https://foo.localhost/", PrivateName),
        ("https://nas.local/", PrivateName),
        ("https://metadata.google.internal/", PrivateName),
        ("https://METADATA.Google.Internal/", PrivateName),
        ("https://metadata.google.internal./", OddHost),
        ("https://localhost.localdomain/", PrivateName),
        ("https://kubernetes.default.svc.cluster.local/", PrivateName),
        ("https://database/", PrivateName),
        ("https://toko.id./", OddHost),
        ("https://toko..id/", OddHost),
        ("https://.toko.id/", OddHost),
        ("https://toko!.id/", OddHost),
        ("https://xn--/", NoUrl),
    ]);
}

#[test]
fn what_stands_around_a_host_does_not_hide_it() {
    refused(&[
        ("https://toko.id@127.0.0.1/", UserInfo),
        ("https://user:password@toko.id/", UserInfo),
        ("https://@toko.id/", UserInfo),
        ("https://:@127.0.0.1/", UserInfo),
        ("https://127.0.0.1%2f@toko.id/", UserInfo),
        ("https://toko.id%40127.0.0.1/", NoUrl),
        ("https://toko.id#@127.0.0.1/", Fragment),
        ("https://toko.id/#a", Fragment),
        ("https://toko.id/?a#", Fragment),
        ("https://toko.id\\@127.0.0.1/", OddCharacter),
        ("https:\\\\127.0.0.1\\", OddCharacter),
        ("https://toko.id /", OddCharacter),
        (" https://toko.id/", OddCharacter),
        ("https://toko.id/\n", OddCharacter),
        ("https://127.0.\t0.1/", OddCharacter),
        ("https://local\nhost/", OddCharacter),
        ("https://toko.id/\r\nHost: a", OddCharacter),
        ("https://toko.id/\0", OddCharacter),
        ("https://toko.id/\u{7f}", OddCharacter),
        ("https://toko.id/{a}", OddCharacter),
    ]);
}

#[test]
fn only_ports_of_the_policy_are_spoken_to() {
    refused(&[
        ("https://toko.id:22/", OtherPort),
        ("https://toko.id:80/", OtherPort),
        ("https://toko.id:0/", OtherPort),
        ("https://toko.id:6379/", OtherPort),
        ("https://8.8.8.8:9200/", OtherPort),
        ("https://toko.id:65536/", NoUrl),
        ("https://toko.id:-1/", NoUrl),
        ("https://toko.id:443:80/", NoUrl),
        ("https://toko.id:a/", NoUrl),
    ]);
}

#[test]
fn only_https_is_spoken() {
    refused(&[
        ("http://toko.id/", Unencrypted),
        ("http://toko.id:443/", Unencrypted),
        ("http://127.0.0.1/", Unencrypted),
        ("http://localhost/", Unencrypted),
        ("ftp://toko.id/", OtherScheme),
        ("file:///etc/passwd", OtherScheme),
        ("gopher://127.0.0.1:6379/_", OtherScheme),
        ("ws://toko.id/", OtherScheme),
        ("javascript://toko.id/%0aalert(1)", OtherScheme),
        ("view-source:https://toko.id/", OtherScheme),
        ("https:/toko.id/", NoUrl),
        ("https:toko.id", NoUrl),
        ("https:///toko.id/", NoUrl),
        ("https://", NoUrl),
        ("https://?toko.id", NoUrl),
        ("https://:443/", NoUrl),
        ("//toko.id/", NoUrl),
        ("toko.id", NoUrl),
        ("", NoUrl),
    ]);
}

#[test]
fn a_url_is_at_most_2048_characters_long() {
    let url = |length: usize| format!("https://toko.id/{}", "a".repeat(length - 16));
    assert_eq!(fault(&Guard::default(), &url(2_048)), None);
    assert_eq!(fault(&Guard::default(), &url(2_049)), Some(TooLong));
    let name = |label: usize| format!("https://{}.id/", "a".repeat(label));
    assert_eq!(fault(&Guard::default(), &name(63)), None);
    assert_eq!(fault(&guard(true, &[]), &name(64)), Some(OddHost));
    let long = format!("https://{}id/", "a.".repeat(126));
    assert_eq!(fault(&guard(true, &[]), &long), Some(OddHost));
}

#[test]
fn a_test_network_is_gone_to_however_it_is_reached() {
    for url in [
        "http://127.0.0.1:9000/",
        "https://[::1]:1/",
        "http://localhost/",
        "http://receiver:8080/",
        "https://toko.id:22/",
    ] {
        let destination = guard(true, &[]).check_url(url).unwrap();
        assert_eq!(destination.reach(), Reach::Everywhere, "{url}");
    }
    // What isn't written plainly is refused there too.
    for (url, expected) in [
        ("http://2130706433/", OddHost),
        ("http://a@127.0.0.1/", UserInfo),
        ("ftp://127.0.0.1/", OtherScheme),
        ("http://127.0.0.1/a b", OddCharacter),
    ] {
        assert_eq!(fault(&guard(true, &[]), url), Some(expected), "{url}");
    }
}

#[test]
fn beside_the_internet_only_the_networks_that_the_operator_named_are_gone_to() {
    let guard = guard(false, &["10.20.0.0/16", "fd12::/16"]);
    for (url, reach) in [
        ("https://toko.id/", Reach::Public),
        ("https://8.8.8.8/", Reach::Public),
        ("http://10.20.0.1/", Reach::AllowedNetworks),
        ("http://10.20.255.255:9000/", Reach::AllowedNetworks),
        ("https://10.20.0.1/", Reach::AllowedNetworks),
        ("http://[::ffff:10.20.0.1]/", Reach::AllowedNetworks),
        ("https://[fd12::1]:9443/", Reach::AllowedNetworks),
        // Only the address that a name turns out to have can tell.
        ("http://toko.id/", Reach::AllowedNetworks),
        ("https://toko.id:9000/", Reach::AllowedNetworks),
        ("https://pos.kantor.internal/", Reach::AllowedNetworks),
        ("http://localhost/", Reach::AllowedNetworks),
    ] {
        assert_eq!(guard.check_url(url).map(|destination| destination.reach()), Ok(reach), "{url}");
    }
    for (url, expected) in [
        ("https://10.21.0.1/", NotPublic),
        ("https://127.0.0.1/", NotPublic),
        ("https://[fd13::1]/", NotPublic),
        ("http://8.8.8.8/", Unencrypted),
        ("http://127.0.0.1/", Unencrypted),
        ("https://8.8.8.8:9000/", OtherPort),
    ] {
        assert_eq!(fault(&guard, url), Some(expected), "{url}");
    }
}

#[test]
fn the_address_that_is_connected_to_is_judged_by_what_the_url_may_reach() {
    let guard = guard(false, &["10.20.0.0/16"]);
    let (not_public, not_allowed) = (Err(NotPublic), Err(NotAllowed));
    for (address, everywhere, public, allowed) in [
        ("8.8.8.8", Ok(()), Ok(()), not_allowed),
        ("2001:4860:4860::8888", Ok(()), Ok(()), not_allowed),
        ("10.20.0.1", Ok(()), Ok(()), Ok(())),
        ("::ffff:10.20.0.1", Ok(()), Ok(()), Ok(())),
        ("10.21.0.1", Ok(()), not_public, not_allowed),
        ("127.0.0.1", Ok(()), not_public, not_allowed),
        ("::1", Ok(()), not_public, not_allowed),
        ("169.254.169.254", Ok(()), not_public, not_allowed),
    ] {
        let judge = |reach| guard.admits(address.parse().unwrap(), reach);
        let found = [judge(Reach::Everywhere), judge(Reach::Public), judge(Reach::AllowedNetworks)];
        assert_eq!(found, [everywhere, public, allowed], "{address}");
    }
}
