//! Where the writer writes to, so that a hash needs no copy of the text.

/// Something that takes text: a `String`, or a hash that needs none.
pub trait Sink {
    /// Takes what comes next.
    fn put(&mut self, text: &str);
}

impl Sink for String {
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }
}
