//! A connection to a supplier, from the name of its machine to the end of the handshake. Nothing of a request crosses it here.

use std::error::Error;
use std::sync::Arc;

use hyper_util::client::legacy::connect::HttpConnector;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tower::ServiceExt;
use url::Url;

use crate::client::address::without_brackets;

/// What bytes go through.
pub trait Link: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Link for T {}

/// Connects, encrypted if there are `rules` for that.
pub async fn open(url: &Url, rules: Option<Arc<ClientConfig>>) -> Result<Box<dyn Link>, Box<dyn Error + Send + Sync>> {
    // It tries all addresses that a name has, IPv4 and IPv6 beside each other.
    let mut connector = HttpConnector::new();
    connector.enforce_http(false);
    connector.set_nodelay(true);
    let stream = connector.oneshot(url.as_str().parse()?).await?.into_inner();
    let Some(rules) = rules else {
        return Ok(Box::new(stream));
    };
    let name = ServerName::try_from(without_brackets(url).to_owned())?;
    Ok(Box::new(TlsConnector::from(rules).connect(name, stream).await?))
}

/// How connections are encrypted, and whose certificates are believed: those that the machine believes. An error if it believes none.
pub fn rules() -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let rules = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let mut rules = rules.with_platform_verifier()?.with_no_client_auth();
    rules.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(rules)
}
