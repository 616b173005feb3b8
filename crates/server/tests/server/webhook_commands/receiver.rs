//! A merchant's program that receives webhooks, on this machine.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;

use serde_json::Value;

use crate::harness::PATIENCE;

/// One request, as it came.
#[derive(Clone, Debug)]
pub struct Received {
    /// Method, path and version.
    pub line: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The bytes.
    pub body: String,
}

impl Received {
    /// A header's value; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }

    /// The body, read.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// What happened.
    pub fn event(&self) -> String {
        self.json()["event"].as_str().unwrap().to_owned()
    }
}

/// What it answers to a request.
type Answer = Box<dyn Fn(&Received) -> (u16, String) + Send>;

/// What it answers, and what it has heard.
struct Desk {
    answer: Answer,
    heard: Vec<Received>,
    is_open: bool,
}

#[derive(Clone)]
struct Shared(Arc<(Mutex<Desk>, Condvar)>);

/// A receiver at one address, whether it is open or not.
pub struct Receiver {
    address: SocketAddr,
    shared: Shared,
    listening: Option<JoinHandle<()>>,
}

impl Receiver {
    /// One that answers 200.
    pub fn start() -> Self {
        Self::with(Box::new(|_| (200, "OK".to_owned())))
    }

    /// One whose answer, with 200, depends on what it hears.
    pub fn answering(answer: impl Fn(&Received) -> String + Send + 'static) -> Self {
        Self::with(Box::new(move |received| (200, answer(received))))
    }

    fn with(answer: Answer) -> Self {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let desk = Desk { answer, heard: Vec::new(), is_open: true };
        let shared = Shared(Arc::new((Mutex::new(desk), Condvar::new())));
        let mut receiver = Self { address: socket.local_addr().unwrap(), shared, listening: None };
        receiver.listen(socket);
        receiver
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("{}/hook?shop=1", self.base())
    }

    /// The same without a path.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on it answers this.
    pub fn answer(&self, status: u16, text: &str) {
        let text = text.to_owned();
        self.shared.0.0.lock().unwrap().answer = Box::new(move |_| (status, text.clone()));
    }

    /// Waits until it has heard so much, and gives all of that.
    #[track_caller]
    pub fn heard(&self, count: usize) -> Vec<Received> {
        let (desk, changed) = &*self.shared.0;
        let waiting = |desk: &mut Desk| desk.heard.len() < count;
        let (desk, result) = changed.wait_timeout_while(desk.lock().unwrap(), PATIENCE, waiting).unwrap();
        assert!(!result.timed_out(), "{count} were to come: {:?}", desk.heard);
        desk.heard.clone()
    }

    fn listen(&mut self, socket: TcpListener) {
        let shared = self.shared.clone();
        self.listening = Some(std::thread::spawn(move || {
            for stream in socket.incoming() {
                if !shared.0.0.lock().unwrap().is_open {
                    return;
                }
                let shared = shared.clone();
                std::thread::spawn(move || shared.serve(&stream.unwrap()));
            }
        }));
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.shared.0.0.lock().unwrap().is_open = false;
        // It looks whether it is open at the next connection.
        let _ = TcpStream::connect(self.address);
        if let Some(listening) = self.listening.take() {
            let _ = listening.join();
        }
    }
}

impl Shared {
    /// One request a connection.
    fn serve(&self, stream: &TcpStream) -> Option<()> {
        let mut reader = BufReader::new(stream);
        let mut line = || {
            let mut line = String::new();
            reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
            Some(line.trim_end().to_owned())
        };
        let first = line()?;
        let mut headers = Vec::new();
        while let Some((name, value)) = line()?.split_once(':') {
            headers.push((name.to_lowercase(), value.trim().to_owned()));
        }
        let length = headers.iter().find(|(name, _)| name == "content-length")?.1.parse().unwrap();
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let body = String::from_utf8(body).unwrap();
        let (desk, changed) = &*self.0;
        let (status, text) = {
            let mut desk = desk.lock().unwrap();
            let received = Received { line: first, headers, body };
            let answer = (desk.answer)(&received);
            desk.heard.push(received);
            changed.notify_all();
            answer
        };
        let length = text.len();
        let head =
            format!("HTTP/1.1 {status} So\r\nX-Own: yes\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
        let mut writer = stream;
        writer.write_all((head + &text).as_bytes()).ok()
    }
}
