//! The signature that Indonesian suppliers ask for.

use md5::{Digest, Md5};

/// MD5 over the parts, one after the other, in lower-case hex. It protects nothing that TLS doesn't, but they ask for it.
pub fn md5_hex(parts: &[&str]) -> String {
    let mut digest = Md5::new();
    for part in parts {
        digest.update(part.as_bytes());
    }
    hex::encode(digest.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_published_function() {
        assert_eq!(md5_hex(&["message", " ", "digest"]), "f96b697d7cb7938d525a2f31aaf161d0");
    }
}
