//! A fake, from a request's arrival to its answer: write down what is asked, see what the plan says, do the work, write down the answer,
//! bring all that to the disk, and only then answer. What comes after is in `settlement.rs` and `callback.rs`.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use parking_lot::Mutex;

use crate::call::{Asked, Call};
use crate::control;
use crate::desk::Desk;
use crate::http::{Answerer, Ending, Incoming, Reply};
use crate::journal::{Event, Journal, Syncer};
use crate::options::{Options, Settling, Webhook};
use crate::plan::{CallbackFault, Chooser, Chosen, Plan};
use crate::protocol::{Answer, Protocol};
use crate::spoil::{self, does_work};
use crate::tasks::Tasks;
use crate::time::{Clock, Moment, Pause};

/// One supplier, at work.
pub struct Fake {
    pub(crate) protocol: Box<dyn Protocol>,
    pub(crate) desk: Mutex<Desk>,
    pub(crate) chooser: Mutex<Chooser>,
    pub(crate) webhook: Mutex<Option<Webhook>>,
    /// What the plan says about the callbacks of a reference that has begun.
    pub(crate) callback_faults: Mutex<HashMap<String, CallbackFault>>,
    pub(crate) tasks: Tasks,
    pub(crate) clock: Arc<dyn Clock>,
    /// By how much the fake's clock is ahead of the one it was given.
    offset_ms: AtomicI64,
    pub(crate) settling: Settling,
    syncer: Arc<Syncer>,
}

impl Fake {
    /// A fake that goes on where its journal ends.
    pub fn open(protocol: Box<dyn Protocol>, options: &Options) -> io::Result<Arc<Self>> {
        let desk = Desk::open(options)?;
        let fake = Arc::new(Self {
            protocol,
            syncer: Arc::new(desk.recorder.syncer()),
            desk: Mutex::new(desk),
            chooser: Mutex::new(Chooser::new(options.plan.clone())),
            webhook: Mutex::new(options.webhook.clone()),
            callback_faults: Mutex::default(),
            tasks: Tasks::default(),
            clock: Arc::clone(&options.clock),
            offset_ms: AtomicI64::new(0),
            settling: options.settling,
        });
        fake.take_up_pending();
        Ok(fake)
    }

    /// What time it is here.
    pub fn now(&self) -> Moment {
        Moment(self.clock.now().0.saturating_add(self.offset_ms.load(Ordering::SeqCst)))
    }

    /// Sets the clock ahead of the one that was given. Whoever waits, waits on as before.
    pub fn set_offset(&self, offset_ms: i64) {
        self.offset_ms.store(offset_ms, Ordering::SeqCst);
    }

    /// Puts another plan in the place of the one before; counts begin anew.
    pub fn set_plan(&self, plan: Plan) {
        *self.chooser.lock() = Chooser::new(plan);
    }

    /// All that was written down.
    pub fn journal(&self) -> io::Result<Journal> {
        self.desk.lock().recorder.journal()
    }

    /// Does something at the desk, at the time that it is.
    pub fn at_desk<T>(&self, work: impl FnOnce(&mut Desk) -> T) -> T {
        let mut desk = self.desk.lock();
        desk.now = self.now();
        work(&mut desk)
    }

    /// Brings the journal to the disk.
    pub async fn sync(&self) -> io::Result<()> {
        if !self.syncer.has_file() {
            return Ok(());
        }
        let syncer = Arc::clone(&self.syncer);
        Tasks::block(move || syncer.sync())
            .await
            .unwrap_or_else(|| Err(io::Error::other("the journal's disk panicked")))
    }

    async fn deal(self: &Arc<Self>, incoming: &Incoming) -> io::Result<Ending> {
        let (asked, chosen, pause) = self.hear(incoming)?;
        if let Some(pause) = pause {
            pause.await;
        }
        let fault = chosen.spoiling.as_ref().map(|(fault, _)| fault);
        let works = chosen.spoiling.as_ref().is_none_or(|(fault, work)| does_work(fault, *work));
        let (honest, begun) = if works {
            self.at_desk(|desk| Ok::<_, io::Error>((self.protocol.answer(desk, &asked)?, desk.take_begun())))?
        } else {
            (spoil::failure(&*self.protocol, &asked), None)
        };
        if asked.call == Call::Ping {
            self.ping_soon();
        }
        if let Some(begun) = begun {
            self.follow_up(begun, &chosen).await?;
        }
        let (ending, told) = spoil::spoil(&*self.protocol, &asked, fault, honest);
        self.note_answer(&asked, &ending, &told)?;
        self.sync().await?;
        Ok(ending)
    }

    /// Writes down a request, and what the plan does to it. A delay's time runs from before that line, so that whoever has read it may
    /// move the clock.
    fn hear(&self, incoming: &Incoming) -> io::Result<(Asked, Chosen, Option<Pause>)> {
        self.at_desk(|desk| {
            let asked = self.protocol.read(desk, incoming);
            let Asked { call, subject, .. } = asked.clone();
            desk.record(Event::Asked { call, subject: subject.clone() })?;
            let chosen = self.chooser.lock().choose(&asked);
            let pause = (!chosen.delay.is_zero()).then(|| self.clock.sleep(chosen.delay));
            for fault in &chosen.faults {
                desk.record(Event::Faulted { call, subject: subject.clone(), fault: fault.clone() })?;
            }
            Ok((asked, chosen, pause))
        })
    }

    fn note_answer(&self, asked: &Asked, ending: &Ending, told: &Answer) -> io::Result<()> {
        let http = match ending {
            Ending::Whole(reply) => Some(reply.status),
            Ending::Half(_) | Ending::Silence | Ending::Reset => None,
        };
        let rc = told.rc().to_owned();
        self.at_desk(|desk| desk.record(Event::Answered { call: asked.call, subject: asked.subject.clone(), http, rc }))
    }
}

impl Answerer for Fake {
    async fn answer(self: Arc<Self>, incoming: Incoming) -> Ending {
        if let Some(what) = control::path(&incoming.path) {
            return Ending::Whole(control::answer(&self, what, &incoming).await);
        }
        self.deal(&incoming).await.unwrap_or_else(|error| Ending::Whole(Reply::plain(500, error.to_string())))
    }
}
