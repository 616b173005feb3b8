//! Stands between a store and its server, reads along, and cuts the connection where it hurts.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};

/// Where a connection is cut, once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cut {
    /// The server never sees the COMMIT.
    BeforeCommit,
    /// The server has committed, and its answer is lost.
    AfterCommit,
    /// The client loses its connection at once; the server gets the COMMIT when [`Proxy::let_commit`] lets it.
    CommitLater,
}

/// A listener of its own before a server.
pub struct Proxy {
    place: String,
    shared: Arc<Shared>,
}

struct Shared {
    server: String,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    cut: Option<Cut>,
    may_commit: bool,
    is_closed: bool,
    connections: Vec<TcpStream>,
}

impl Proxy {
    /// Stands before the server at `host:port`.
    pub fn to(server: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let place = listener.local_addr().unwrap().to_string();
        let shared = Arc::new(Shared { server: server.to_owned(), state: Mutex::default(), changed: Condvar::new() });
        let for_listener = Arc::clone(&shared);
        // It ends with the process.
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&for_listener);
                std::thread::spawn(move || shared.connect(client));
            }
        });
        Self { place, shared }
    }

    /// Where it listens.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Cuts the connection at the next COMMIT.
    pub fn cut(&self, cut: Cut) {
        let mut state = self.shared.state.lock().unwrap();
        (state.cut, state.may_commit) = (Some(cut), false);
    }

    /// Lets a COMMIT through that was held back.
    pub fn let_commit(&self) {
        self.shared.state.lock().unwrap().may_commit = true;
        self.shared.changed.notify_all();
    }

    /// The server is away: all connections end, and new ones as well.
    pub fn close(&self) {
        let mut state = self.shared.state.lock().unwrap();
        state.is_closed = true;
        for connection in state.connections.drain(..) {
            let _ = connection.shutdown(Shutdown::Both);
        }
    }

    /// It is back.
    pub fn open(&self) {
        self.shared.state.lock().unwrap().is_closed = false;
    }
}

impl Shared {
    fn connect(&self, mut client: TcpStream) {
        let mut state = self.state.lock().unwrap();
        if state.is_closed {
            return;
        }
        let mut server = TcpStream::connect(&self.server).unwrap();
        // Message by message, and none waits for another.
        client.set_nodelay(true).unwrap();
        server.set_nodelay(true).unwrap();
        state.connections.extend([client.try_clone().unwrap(), server.try_clone().unwrap()]);
        drop(state);
        let (mut from_server, mut to_client) = (server.try_clone().unwrap(), client.try_clone().unwrap());
        let is_lost = Arc::new(Mutex::new(false));
        let is_lost_there = Arc::clone(&is_lost);
        let back = std::thread::spawn(move || {
            let mut buffer = [0; 16 * 1024];
            while let Ok(length @ 1..) = from_server.read(&mut buffer) {
                if *is_lost_there.lock().unwrap() {
                    if buffer[..length].windows(7).any(|window| window == b"COMMIT\0") {
                        break;
                    }
                } else if to_client.write_all(&buffer[..length]).is_err() {
                    break;
                }
            }
            let _ = to_client.shutdown(Shutdown::Both);
        });
        self.forward(&mut client, &mut server, &is_lost);
        let _ = client.shutdown(Shutdown::Both);
        if back.is_finished() || !*is_lost.lock().unwrap() {
            let _ = server.shutdown(Shutdown::Both);
        }
        let _ = back.join();
        let _ = server.shutdown(Shutdown::Both);
    }

    /// Forwards message by message, until the end or the cut.
    fn forward(&self, client: &mut TcpStream, server: &mut TcpStream, is_lost: &Mutex<bool>) -> Option<()> {
        // The first message has no type.
        let first = read_message(client, 0)?;
        server.write_all(&first).ok()?;
        let mut commit_statement = None;
        loop {
            let message = read_message(client, 1)?;
            let mut texts = message[5..].split(|byte| *byte == 0);
            match message[0] {
                b'P' => {
                    let (name, sql) = (texts.next().unwrap(), texts.next().unwrap());
                    if sql == b"COMMIT" {
                        commit_statement = Some(name.to_vec());
                    }
                }
                // A COMMIT that wasn't prepared: it has no other messages that belong to it.
                b'Q' if &message[5..] == b"COMMIT\0" => match self.state.lock().unwrap().cut.take() {
                    None => {}
                    Some(Cut::BeforeCommit) => return None,
                    Some(Cut::AfterCommit) => *is_lost.lock().unwrap() = true,
                    Some(Cut::CommitLater) => unreachable!("nobody asks for it yet"),
                },
                b'B' => {
                    let (_portal, statement) = (texts.next().unwrap(), texts.next().unwrap());
                    if commit_statement.as_deref() == Some(statement) {
                        let cut = self.state.lock().unwrap().cut.take();
                        match cut {
                            None => {}
                            Some(Cut::BeforeCommit) => return None,
                            Some(Cut::AfterCommit) => *is_lost.lock().unwrap() = true,
                            Some(Cut::CommitLater) => {
                                *is_lost.lock().unwrap() = true;
                                // What belongs to it: Execute and Sync.
                                let rest = [read_message(client, 1)?, read_message(client, 1)?].concat();
                                let _ = client.shutdown(Shutdown::Both);
                                let state = self.state.lock().unwrap();
                                drop(self.changed.wait_while(state, |state| !state.may_commit).unwrap());
                                server.write_all(&[message, rest].concat()).ok()?;
                                return None;
                            }
                        }
                    }
                }
                _ => {}
            }
            server.write_all(&message).ok()?;
        }
    }
}

/// A message with its type, if it has one, and its length.
fn read_message(from: &mut TcpStream, type_length: usize) -> Option<Vec<u8>> {
    let mut message = vec![0; type_length + 4];
    from.read_exact(&mut message).ok()?;
    let length = u32::from_be_bytes(message[type_length..].try_into().unwrap());
    message.resize(type_length + usize::try_from(length).unwrap(), 0);
    from.read_exact(&mut message[type_length + 4..]).ok()?;
    Some(message)
}
