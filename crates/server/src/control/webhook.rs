//! Requests about what merchants are told, and where.

mod add;
mod change;
mod event_name;
mod find;
mod list;
mod log;
mod recover;
mod remove;
mod resend;
mod rotate_secret;
mod settings;
mod show_event;
mod shown;
mod test;
mod told;

pub use add::AddEndpoint;
pub use change::ChangeEndpoint;
pub use event_name::EventName;
pub use find::WhichEndpoint;
pub use list::{ListEndpoints, ShowEndpoint};
pub use log::{DeliveryProgress, ReadWebhookLog};
pub use recover::{RecoverWebhooks, Recovered, Since};
pub use remove::{RemoveEndpoint, Removed};
pub use resend::{ResendWebhook, Resent};
pub use rotate_secret::RotateEndpointSecret;
pub use settings::EndpointSettings;
pub use show_event::ShowWebhookEvent;
pub use shown::{EndpointShown, EndpointSwitch, HeaderShown};
pub use test::{TestEndpoint, Tested};
pub use told::{DeliveryShown, EventShown, TryShown};
