//! Takes webhooks over HTTP, and passes them on.

use std::convert::Infallible;
use std::error::Error;
use std::sync::Arc;

use app::{
    Tasks,
    seams::{Clock, SystemClock},
};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::UnboundedSender;

use super::destination::Destination;
use super::key_ring::KeyRing;
use super::line::Line;
use super::webhook::{Webhook, without_connection};

/// Far more than any webhook has.
const MAX_BODY_BYTES: usize = 1 << 20;

/// Whoever receives. Clones share everything.
#[derive(Clone)]
pub struct Receiver(Arc<Parts>);

struct Parts {
    key_ring: KeyRing,
    destination: Destination,
    lines: UnboundedSender<Line>,
}

impl Receiver {
    /// Checks with these secrets, passes on to there, and says what came.
    pub fn new(key_ring: KeyRing, destination: Destination, lines: UnboundedSender<Line>) -> Self {
        Self(Arc::new(Parts { key_ring, destination, lines }))
    }

    /// Takes every connection, for ever.
    pub async fn receive(self, socket: TcpListener) -> Result<(), Box<dyn Error>> {
        let tasks = Tasks::default();
        loop {
            let (stream, _) = socket.accept().await?;
            let receiver = self.clone();
            tasks.spawn(async move { receiver.serve(stream).await });
        }
    }

    async fn serve(self, stream: TcpStream) {
        let service = service_fn(|request| {
            let receiver = self.clone();
            async move { Ok::<_, Infallible>(receiver.answer(request).await) }
        });
        // Whoever breaks a connection off knows it best.
        let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        if request.method() != Method::POST {
            return plain(StatusCode::METHOD_NOT_ALLOWED, "a webhook is posted");
        }
        let (head, body) = request.into_parts();
        let Ok(body) = Limited::new(body, MAX_BODY_BYTES).collect().await else {
            return plain(StatusCode::PAYLOAD_TOO_LARGE, "this is no webhook");
        };
        let webhook = Webhook::new(head.headers, body.to_bytes());
        let answer = self.0.destination.forward(&webhook).await;
        let line = Line::about(&webhook, &answer, &self.0.key_ring, SystemClock::start().wall());
        // Nobody listens any more when the program ends.
        let _ = self.0.lines.send(line);
        match answer {
            Ok(answer) => {
                let (mut head, body) = answer.into_parts();
                head.headers = without_connection(head.headers);
                Response::from_parts(head, Full::new(body))
            }
            Err(error) => plain(StatusCode::BAD_GATEWAY, &error.to_string()),
        }
    }
}

fn plain(status: StatusCode, text: &str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(format!("{text}\n"))));
    *response.status_mut() = status;
    response
}
