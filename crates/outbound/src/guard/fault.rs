//! Why a webhook doesn't go somewhere.

use thiserror::Error;

/// Why a webhook doesn't go somewhere, each with the sentence for the person who entered the address. None repeats what a name turned out to
/// mean: that would show the operator's network to whoever asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum GuardFault {
    /// More than 2,048 characters.
    #[error("the URL is longer than 2048 characters")]
    TooLong,
    /// White space, a control character, a backslash, or something beyond ASCII, which programs read in different ways.
    #[error("the URL has a character that must be percent-encoded (in a host: written as xn--)")]
    OddCharacter,
    /// It is none.
    #[error("the address is not a URL")]
    NoUrl,
    /// Neither `https` nor `http`.
    #[error("the address does not begin with https://")]
    OtherScheme,
    /// `user:password@`: what stands before the `@` is easily taken for the host, and is sent in the open of logs.
    #[error("the URL has a user or a password before its host; send a header instead")]
    UserInfo,
    /// What follows `#` is never sent.
    #[error("the URL has a part after #, which is never sent")]
    Fragment,
    /// Another spelling of an address (`127.1`, `0x7f000001`), escapes, a full stop at the end: some programs read it as something else.
    #[error("the host is not written plainly: a full name, or an address in its usual form")]
    OddHost,
    /// `http`, where only the operator's own networks are spoken to so.
    #[error("http:// would send the webhook readable for everybody: write https://")]
    Unencrypted,
    /// A name that means something inside a network only.
    #[error("the name is one of a private network")]
    PrivateName,
    /// An address that isn't on the public Internet: this machine, a private network, the link, a reserved range.
    #[error("the address is not a public one")]
    NotPublic,
    /// Only an address of the operator's allowed networks would do here, and it isn't one.
    #[error(
        "the address is not in a network that the operator allowed to be spoken to without https:// or at other ports"
    )]
    NotAllowed,
    /// A port that the policy doesn't list.
    #[error("webhooks don't go to this port")]
    OtherPort,
}
