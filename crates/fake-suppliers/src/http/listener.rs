//! Accepts connections and serves each over HTTP/1.1.

use std::convert::Infallible;
use std::future::pending;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use crate::http::breakable::{Breakable, Breaker};
use crate::http::{Ending, Reply};
use crate::tasks::Tasks;

const BODY_BYTES_MAX: usize = 1024 * 1024;

/// A request that arrived whole.
#[derive(Debug)]
pub struct Incoming {
    /// GET, POST and so on.
    pub method: Method,
    /// Without slashes at either end.
    pub path: String,
    /// As it came.
    pub body: Bytes,
}

/// What answers requests.
pub trait Answerer: Send + Sync + 'static {
    /// Answers one.
    fn answer(self: Arc<Self>, request: Incoming) -> impl Future<Output = Ending> + Send;
}

/// Serves until the tasks are stopped.
pub async fn listen<A: Answerer>(socket: TcpListener, answerer: Arc<A>, tasks: Tasks) {
    loop {
        // An error is that of one connection, which is gone already.
        if let Ok((stream, _)) = socket.accept().await {
            tasks.spawn(serve(stream, Arc::clone(&answerer), tasks.clone()));
        }
    }
}

async fn serve<A: Answerer>(stream: TcpStream, answerer: Arc<A>, tasks: Tasks) {
    // Without it an answer may wait for the acknowledgement of the one before; if it can't be set, it is only slower.
    let _ = stream.set_nodelay(true);
    let (stream, breaker) = Breakable::new(stream);
    let exchange = service_fn(move |request| {
        let (answerer, tasks, breaker) = (Arc::clone(&answerer), tasks.clone(), breaker.clone());
        async move { Ok::<_, Infallible>(send(exchange(request, answerer, &tasks).await, &breaker).await) }
    });
    // A connection that broke is the caller's to notice.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), exchange).await;
}

/// The request is answered in a task of its own, so that its work is done even if the caller doesn't wait for it.
async fn exchange<A: Answerer>(request: Request<hyper::body::Incoming>, answerer: Arc<A>, tasks: &Tasks) -> Ending {
    let (head, body) = request.into_parts();
    let Ok(body) = Limited::new(body, BODY_BYTES_MAX).collect().await else {
        return Ending::Whole(Reply::plain(400, "the body is too long, or didn't arrive"));
    };
    let path = head.uri.path().trim_matches('/').to_owned();
    let incoming = Incoming { method: head.method, path, body: body.to_bytes() };
    let (done, ending) = oneshot::channel();
    tasks.spawn(async move {
        // If nobody waits any more, nobody is told.
        let _ = done.send(answerer.answer(incoming).await);
    });
    ending.await.unwrap_or(Ending::Reset)
}

async fn send(ending: Ending, breaker: &Breaker) -> Response<Full<Bytes>> {
    let reply = match ending {
        Ending::Whole(reply) => reply,
        Ending::Half(reply) => {
            breaker.reset_before_last(reply.body.len().div_ceil(2));
            reply
        }
        Ending::Silence => pending().await,
        Ending::Reset => {
            breaker.reset();
            Reply::plain(200, "")
        }
    };
    let mut response = Response::new(Full::new(reply.body));
    *response.status_mut() = hyper::StatusCode::from_u16(reply.status).unwrap_or_default();
    let content_type = hyper::header::HeaderValue::from_static(reply.content_type);
    response.headers_mut().insert(hyper::header::CONTENT_TYPE, content_type);
    response
}
