//! Receivers whose certificates are valid, and others.
//!
//! `receiver.pem` is made for `toko.id` and 127.0.0.1 until 2126, and vouches for itself: `openssl req -x509 -newkey ec -pkeyopt
//! ec_paramgen_curve:P-256 -nodes -days 36500 -subj /CN=toko.id -addext basicConstraints=critical,CA:FALSE -addext
//! subjectAltName=DNS:toko.id,IP:127.0.0.1`. Its key, `receiver.key`, is known to all the world.

use reqwest::Certificate;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::receiver::{listen, post};
use super::*;

const CERTIFICATE: &[u8] = include_bytes!("receiver.pem");
const KEY: &[u8] = include_bytes!("receiver.key");

/// The lines of a sender that believes these authorities and no others.
pub fn believing(sender: &WebhookSender, names: Answers, authorities: Vec<Certificate>) -> Lines {
    Lines::new(Arc::clone(&sender.guard), Arc::new(names), sender.limits, Some(authorities))
}

fn sender_believing(authorities: Vec<Certificate>) -> WebhookSender {
    let mut sender = sender(WebhookLimits::default());
    sender.lines = believing(&sender, Answers::always("127.0.0.1"), authorities);
    sender
}

/// Serves one caller, as far as he likes it.
async fn serve(listener: &TcpListener) -> io::Result<()> {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE).unwrap();
    let key = PrivateKeyDer::from_pem_slice(KEY).unwrap();
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
    let (stream, _) = listener.accept().await?;
    let mut stream = TlsAcceptor::from(Arc::new(config)).accept(stream).await?;
    while stream.read_u8().await? != b'}' {}
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await?;
    stream.shutdown().await
}

#[tokio::test]
async fn a_certificate_must_come_from_somebody_who_is_believed_and_name_the_host() {
    let known = || vec![Certificate::from_pem(CERTIFICATE).unwrap()];
    for (host, authorities, is_believed) in [
        ("https://toko.id", known(), true),
        ("https://127.0.0.1", known(), true),
        ("https://warung.id", known(), false),
        ("https://a.toko.id", known(), false),
        ("https://toko.id", Vec::new(), false),
        ("https://127.0.0.1", Vec::new(), false),
    ] {
        let (listener, url) = listen(host).await;
        let sender = sender_believing(authorities);
        let (delivery, _) = tokio::join!(post(&sender, &url), serve(&listener));
        if is_believed {
            assert!(delivery.is_acknowledged(), "{host}: {delivery:?}");
        } else {
            assert_eq!(fault(&delivery), DeliveryFault::Tls, "{host}: {delivery:?}");
        }
    }
}

#[tokio::test]
async fn plain_text_where_encryption_is_expected_is_a_failure() {
    let (listener, url) = listen("https://127.0.0.1").await;
    let sender = sender_believing(Vec::new());
    let serve = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await.unwrap();
        stream
    };
    let (delivery, _) = tokio::join!(post(&sender, &url), serve);
    assert_eq!(fault(&delivery), DeliveryFault::Tls, "{delivery:?}");
}

#[tokio::test]
async fn a_handshake_that_stops_is_not_waited_for() {
    // Nobody accepts; the system alone lets the connection stand.
    let (_listener, url) = listen("https://127.0.0.1").await;
    let mut sender = sender(WebhookLimits { connect: Duration::from_millis(50), ..WebhookLimits::default() });
    sender.lines = believing(&sender, Answers::always("127.0.0.1"), Vec::new());
    assert_eq!(fault(&post(&sender, &url).await), DeliveryFault::TimedOut);
}

#[tokio::test]
async fn a_handshake_that_breaks_off_is_no_connection() {
    let (listener, url) = listen("https://127.0.0.1").await;
    let sender = sender_believing(Vec::new());
    let (delivery, ()) = tokio::join!(post(&sender, &url), async { drop(listener.accept().await) });
    assert_eq!(fault(&delivery), DeliveryFault::Unreachable, "{delivery:?}");
}
