//! Lower-case hex in constant time.

/// A SHA-256-sized digest in lower-case hex.
///
/// Neither branches nor looks up by what it converts, which may be a signature that nobody has been told.
pub(super) fn lower_hex(digest: [u8; 32]) -> [u8; 64] {
    let mut hex = [0; 64];
    for ([high, low], byte) in hex.as_chunks_mut().0.iter_mut().zip(digest) {
        *high = digit(byte >> 4);
        *low = digit(byte & 0x0F);
    }
    hex
}

/// From where a digit would be to where the letter is.
const TO_LETTERS: u8 = b'a' - b'0' - 10;

/// The digit of a number below 16.
fn digit(nibble: u8) -> u8 {
    // All ones from ten on, where the letters begin.
    let is_letter = 0_u8.wrapping_sub(9_u8.wrapping_sub(nibble) >> 7);
    nibble.wrapping_add(b'0').wrapping_add(is_letter & TO_LETTERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_in_lower_case() {
        assert_eq!((0..16).map(digit).map(char::from).collect::<String>(), "0123456789abcdef");
        let mut digest = [0; 32];
        (digest[0], digest[31]) = (0x1F, 0xA0);
        assert_eq!(lower_hex(digest).map(char::from).iter().collect::<String>(), format!("1f{}a0", "00".repeat(30)));
    }
}
