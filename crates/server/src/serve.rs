//! A house that is open to the public: both listeners, the socket for commands, the workers.
//!
//! Guarantees an orderly end: nothing new is accepted, what is in flight is answered, what was answered is on disk.

mod error;
mod port;

use std::net::SocketAddr;

use app::start_workers;
use tokio::sync::watch;

use crate::config::Settings;
use crate::control;
use crate::house::House;
use crate::http::{Api, Listener, api_router, console_router};

pub use error::ServeError;
pub use port::Port;

/// Where to listen.
#[derive(Clone, Copy, Debug)]
pub struct Ports {
    /// For the public API.
    pub api: Port,
    /// For the console, metrics and health.
    pub console: Port,
}

impl Ports {
    /// As the operator set them.
    pub const fn of(settings: &Settings) -> Self {
        Self { api: Port::exactly(settings.listen), console: Port::exactly(settings.console_listen) }
    }
}

/// A house with everything bound, so that its addresses are known and nobody is refused.
pub struct Serving {
    house: House,
    api: Api,
    public: Listener,
    console: Listener,
    commands: control::Listener,
    /// Where the public API is reached.
    pub api_address: SocketAddr,
    /// Where console, metrics and health are reached.
    pub console_address: SocketAddr,
}

impl Serving {
    /// Binds everything. Where that isn't possible, the house is closed in order, so that no other node counts on it.
    pub async fn start(house: House, settings: &Settings, ports: Ports) -> Result<Self, ServeError> {
        let context = house.context.clone();
        let bound = Self::bind(house, settings, ports).await;
        if bound.is_err() {
            context.shut_down().await;
        }
        bound
    }

    async fn bind(house: House, settings: &Settings, ports: Ports) -> Result<Self, ServeError> {
        let limits = settings.connections();
        let public = ports.api.bind(limits, "--listen").await?;
        let console = ports.console.bind(limits, "--console-listen").await?;
        let (api_address, console_address) = (public.local_address()?, console.local_address()?);
        let commands = control::Listener::start(&house)?;
        let api = Api::new(house.context.clone(), settings.http());
        Ok(Self { house, api, public, console, commands, api_address, console_address })
    }

    /// The house behind it.
    pub const fn house(&self) -> &House {
        &self.house
    }

    /// Serves until `stop` ends, then ends in order.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let context = &self.house.context;
        start_workers(context);
        let is_over = watch::Sender::new(false);
        let over = || {
            let mut told = is_over.subscribe();
            async move {
                let _ = told.wait_for(|is_over| *is_over).await;
            }
        };
        let end = async {
            stop.await;
            tracing::info!("stopping: requests in flight are finished");
            is_over.send_replace(true);
        };
        tokio::join!(
            self.public.serve(api_router(&self.api), context.tasks(), context.time(), over()),
            self.console.serve(console_router(&self.api), context.tasks(), context.time(), over()),
            end,
        );
        self.commands.remove();
        self.house.close().await;
    }
}
