//! What an operator writes about a merchant, checked.

use std::sync::Arc;

use app::Context;

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

/// Addresses for webhooks. Where a name leads is seen again each time that something goes there.
pub fn webhooks(context: &Context, texts: &[String]) -> Result<Vec<Arc<str>>, Refused> {
    texts.iter().map(|text| webhook(context, text)).collect()
}

/// One of them.
pub fn webhook(context: &Context, text: &str) -> Result<Arc<str>, Refused> {
    match context.check_webhook_url(text) {
        Ok(()) => Ok(Arc::from(text)),
        Err(why) => Err(Refused(format!("`{text}` is no address for webhooks: {why}"))),
    }
}
