//! A merchant's receiver of webhooks, as bad as a test wants it: a real server on this machine that keeps everything that came.

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Read, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use super::PATIENCE;

/// What it does with a webhook that it has read.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Answers with this status.
    Status(u16),
    /// Answers with this status and one more header.
    With(u16, &'static str, String),
    /// Closes the connection without a word.
    Nothing,
    /// Closes it in the middle of the first line, which begins like an acknowledgement.
    HalfAHead,
    /// Acknowledges, and closes it in the middle of the body.
    HalfABody,
    /// Acknowledges after this time, or when it is hurried.
    Late(Duration),
}

/// A webhook as it came. Moments are the receiver's own: they only say what was before what.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Each header, its name in lower case.
    pub headers: Vec<(String, String)>,
    /// The first line's path.
    pub path: String,
    /// The body.
    pub body: String,
    /// When it came.
    pub at: u64,
    /// When an answer of 200 to 299 was about to leave, if that has happened.
    pub acknowledged_at: Option<u64>,
    /// When another answer was, or the connection was closed.
    pub refused_at: Option<u64>,
}

/// Listens until it is dropped.
pub struct Receiver {
    address: SocketAddr,
    desk: Arc<Desk>,
}

type Manners = Box<dyn FnMut(&Arrival) -> Reply + Send>;

struct Desk {
    journal: Mutex<Journal>,
    changed: Condvar,
    manners: Mutex<Manners>,
}

#[derive(Default)]
struct Journal {
    arrivals: Vec<Arrival>,
    moments: u64,
    is_hurried: bool,
    is_over: bool,
}

impl Journal {
    const fn moment(&mut self) -> u64 {
        self.moments += 1;
        self.moments
    }
}

impl Receiver {
    /// Acknowledges everything.
    pub fn start() -> Self {
        Self::start_with(|_| Reply::Status(200))
    }

    /// Does what this says.
    pub fn start_with(manners: impl FnMut(&Arrival) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let manners: Manners = Box::new(manners);
        let desk = Arc::new(Desk { journal: Mutex::default(), changed: Condvar::new(), manners: Mutex::new(manners) });
        let at_desk = Arc::clone(&desk);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let desk = Arc::clone(&at_desk);
                if desk.journal.lock().unwrap().is_over {
                    return;
                }
                // Whoever sends may die at any moment, and the connection with it.
                thread::spawn(move || drop(desk.serve(stream)));
            }
        });
        Self { address, desk }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}/webhook", self.address)
    }

    /// From now on it does what this says.
    pub fn set_manners(&self, manners: impl FnMut(&Arrival) -> Reply + Send + 'static) {
        *self.desk.manners.lock().unwrap() = Box::new(manners);
    }

    /// Answers to what it has kept waiting, and keeps nothing waiting any more.
    pub fn hurry(&self) {
        self.desk.journal.lock().unwrap().is_hurried = true;
        self.desk.changed.notify_all();
    }

    /// All that came so far, in its order.
    pub fn arrivals(&self) -> Vec<Arrival> {
        self.desk.journal.lock().unwrap().arrivals.clone()
    }

    /// How many came so far.
    pub fn count(&self) -> usize {
        self.desk.journal.lock().unwrap().arrivals.len()
    }

    /// Waits until what came, and what was answered, gives something.
    #[track_caller]
    pub fn wait_for<T>(&self, what: &str, mut look: impl FnMut(&[Arrival]) -> Option<T>) -> T {
        self.wait_at_most(PATIENCE, &mut look).unwrap_or_else(|| {
            let arrivals = self.arrivals();
            let last = &arrivals[arrivals.len().saturating_sub(3)..];
            panic!("never happened: {what}; {} arrived, the last of them {last:#?}", arrivals.len())
        })
    }

    /// Waits until one more comes.
    #[track_caller]
    pub fn wait_for_one_more(&self) {
        let before = self.count();
        self.wait_for("one more webhook", |arrivals| (arrivals.len() > before).then_some(()));
    }

    /// Whether fewer than `limit` come in that time. Ends at once when they don't.
    pub fn gets_fewer_than(&self, limit: usize, within: Duration) -> bool {
        let before = self.count();
        self.wait_at_most(within, &mut |arrivals| (arrivals.len() >= before + limit).then_some(())).is_none()
    }

    fn wait_at_most<T>(&self, limit: Duration, look: &mut impl FnMut(&[Arrival]) -> Option<T>) -> Option<T> {
        let mut found = None;
        let is_missing = |journal: &mut Journal| {
            found = look(&journal.arrivals);
            found.is_none()
        };
        drop(self.desk.changed.wait_timeout_while(self.desk.journal.lock().unwrap(), limit, is_missing).unwrap());
        found
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.desk.journal.lock().unwrap().is_over = true;
        self.hurry();
        // Wakes whoever listens.
        drop(TcpStream::connect(self.address));
    }
}

impl Arrival {
    /// A header's value; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The event's id.
    pub fn id(&self) -> &str {
        self.header("webhook-id")
    }
}

impl Reply {
    const fn acknowledges(&self) -> bool {
        match self {
            Self::Status(status) | Self::With(status, ..) => matches!(*status, 200..=299),
            Self::Nothing | Self::HalfAHead => false,
            Self::HalfABody | Self::Late(_) => true,
        }
    }

    /// The bytes, and whether the connection goes on after them.
    fn bytes(&self) -> (String, bool) {
        let (status, more) = match self {
            Self::Nothing => return (String::new(), false),
            Self::HalfAHead => return ("HTTP/1.1 200 O".to_owned(), false),
            Self::HalfABody => return ("HTTP/1.1 200 OK\r\nContent-Length: 64\r\n\r\nhalf".to_owned(), false),
            Self::Status(status) => (*status, String::new()),
            Self::With(status, name, value) => (*status, format!("{name}: {value}\r\n")),
            Self::Late(_) => (200, String::new()),
        };
        let mut answer = format!("HTTP/1.1 {status} Said\r\n{more}");
        if status != 204 {
            answer.write_str("Content-Length: 4\r\n\r\nsaid").unwrap();
            return (answer, true);
        }
        (answer + "\r\n", true)
    }
}

impl Desk {
    fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new(stream.try_clone()?);
        while let Some(arrival) = read(&mut reader)? {
            let (index, arrival) = self.note(arrival);
            let reply = (self.manners.lock().unwrap())(&arrival);
            if let Reply::Late(pause) = reply {
                let journal = self.journal.lock().unwrap();
                drop(self.changed.wait_timeout_while(journal, pause, |journal| !journal.is_hurried).unwrap());
            }
            self.note_reply(index, &reply);
            let (bytes, goes_on) = reply.bytes();
            stream.write_all(bytes.as_bytes())?;
            if !goes_on {
                return Ok(());
            }
        }
        Ok(())
    }

    fn note(&self, mut arrival: Arrival) -> (usize, Arrival) {
        let mut journal = self.journal.lock().unwrap();
        arrival.at = journal.moment();
        journal.arrivals.push(arrival.clone());
        self.changed.notify_all();
        (journal.arrivals.len() - 1, arrival)
    }

    /// Before it leaves, since what follows from it may come at once.
    fn note_reply(&self, index: usize, reply: &Reply) {
        let mut journal = self.journal.lock().unwrap();
        let moment = Some(journal.moment());
        let arrival = &mut journal.arrivals[index];
        if reply.acknowledges() {
            arrival.acknowledged_at = moment;
        } else {
            arrival.refused_at = moment;
        }
        self.changed.notify_all();
    }
}

/// One request; nothing when there are no more. A sender that dies in the midst of it has sent nothing.
fn read(reader: &mut BufReader<TcpStream>) -> io::Result<Option<Arrival>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        lines.push(line.to_owned());
    }
    let path = lines.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
    let header = |line: &String| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let headers: Vec<(String, String)> = lines.iter().filter_map(header).collect();
    let length = headers.iter().find(|(name, _)| name == "content-length").map_or("0", |(_, value)| value);
    let mut body = vec![0; length.parse().map_err(io::Error::other)?];
    reader.read_exact(&mut body)?;
    let body = String::from_utf8(body).map_err(io::Error::other)?;
    Ok(Some(Arrival { headers, path, body, at: 0, acknowledged_at: None, refused_at: None }))
}
