//! What an operator writes about a merchant, checked.

use std::sync::Arc;

use crate::control::Refused;

const LONGEST_NAME: usize = 100;

/// A name: 1 to 100 printable characters.
pub fn name(text: String) -> Result<String, Refused> {
    let is_fine =
        !text.trim().is_empty() && text.chars().count() <= LONGEST_NAME && !text.chars().any(char::is_control);
    if is_fine { Ok(text) } else { Err(Refused::because("a merchant's name has 1 to 100 printable characters")) }
}

/// Addresses and networks.
pub fn networks(texts: &[String]) -> Result<Vec<Arc<str>>, Refused> {
    let read = |text: &String| match app::read_network(text) {
        Some(_) => Ok(Arc::from(text.as_str())),
        None => Err(Refused(format!("`{text}` is neither an address nor a network, such as 203.0.113.0/24"))),
    };
    texts.iter().map(read).collect()
}

/// Webhook addresses. Whether they lead into a private network is seen when they are called.
pub fn webhooks(texts: &[String]) -> Result<Vec<Arc<str>>, Refused> {
    let read = |text: &String| {
        let place = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
        if place.is_empty() || text.chars().any(|character| character.is_whitespace() || character.is_control()) {
            Err(Refused(format!("`{text}` is no webhook address; it begins with https://")))
        } else {
            Ok(Arc::from(text.as_str()))
        }
    };
    texts.iter().map(read).collect()
}
