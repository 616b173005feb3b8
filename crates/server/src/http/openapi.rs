//! later
/// later
pub fn text() -> String {
    String::new()
}
