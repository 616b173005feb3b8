//! Base64 as Standard Webhooks writes it: RFC 4648 section 4, padded.
//!
//! Reads strictly: the one spelling that [`encode`] would have written, or nothing. The domain takes no crate for forty
//! lines that never change.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// These bytes in base64.
pub(super) fn encode(bytes: &[u8]) -> String {
    bytes.chunks(3).flat_map(quartet).collect()
}

/// The bytes that are written so, if it is their only spelling.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let (quartets, rest) = text.as_bytes().as_chunks();
    let mut bytes = Vec::new();
    for quartet in quartets {
        bytes.extend(triplet(quartet)?);
    }
    // Padding within, and bits that belong to no byte, come out differently.
    (rest.is_empty() && encode(&bytes) == text).then_some(bytes)
}

/// Up to three bytes as four characters.
fn quartet(bytes: &[u8]) -> [char; 4] {
    let mut padded = [0; 4];
    for (place, byte) in padded.iter_mut().skip(1).zip(bytes) {
        *place = *byte;
    }
    let bits = u32::from_be_bytes(padded);
    let mut quartet = ['='; 4];
    for (place, shift) in quartet.iter_mut().zip([18, 12, 6, 0]).take(bytes.len().saturating_add(1)) {
        let digit = usize::try_from(bits >> shift & 63).ok().and_then(|digit| ALPHABET.get(digit));
        *place = digit.copied().map_or('=', char::from);
    }
    quartet
}

/// Four characters as up to three bytes. `None` if one is no digit.
fn triplet(quartet: &[u8; 4]) -> Option<impl Iterator<Item = u8>> {
    let padding = quartet.iter().rev().take_while(|character| **character == b'=').count();
    let mut bits = 0_u32;
    for character in quartet {
        let digit = match character {
            b'=' => 0,
            digit => ALPHABET.iter().position(|known| known == digit)?,
        };
        bits = bits << 6 | u32::try_from(digit).ok()?;
    }
    let [_, bytes @ ..] = bits.to_be_bytes();
    Some(bytes.into_iter().take(3_usize.saturating_sub(padding)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// RFC 4648, section 10.
    const KNOWN: [(&str, &str); 7] = [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ];

    #[test]
    fn the_vectors_of_the_rfc_go_both_ways() {
        for (bytes, text) in KNOWN {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
        }
        assert_eq!(encode(&[0xFB, 0xFF, 0xFE]), "+//+");
    }

    #[test]
    fn no_other_spelling_is_read() {
        for text in [
            "Zg", "Zg=", "Zh==", "Zm9=", "Zg==Zg==", "=", "====", "Z===", "=Zg=", "Zm9v\n", " Zm9v", "-__-", "Zmé",
            "Zm9v=",
        ] {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let text = encode(&bytes);
            prop_assert!(text.len().is_multiple_of(4));
            prop_assert_eq!(decode(&text), Some(bytes));
        }

        #[test]
        fn what_is_read_has_one_spelling(text in "[A-D+/=]{0,12}|\\PC{0,12}") {
            if let Some(bytes) = decode(&text) {
                prop_assert_eq!(encode(&bytes), text);
            }
        }
    }
}
