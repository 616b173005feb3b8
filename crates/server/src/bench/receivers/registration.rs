//! Enters the receivers as endpoints of the run's merchants, as their own programs would.

use std::net::SocketAddr;

use domain::time::Timestamp;

use crate::bench::BenchError;
use crate::bench::connection::Connection;
use crate::bench::merchants::Merchant;
use crate::bench::request::RequestWriter;

/// Gives each of the merchants one of the addresses.
pub async fn register<'m>(
    merchants: impl Iterator<Item = &'m Merchant>,
    addresses: &[SocketAddr],
    requests: &mut RequestWriter,
    connection: &mut Connection,
    now: impl Fn() -> Timestamp,
) -> Result<(), BenchError> {
    for (merchant, address) in merchants.zip(addresses) {
        let parameters = format!(r#"{{"cmd":"webhook-add","url":"http://{address}/webhook"}}"#);
        let request = requests.write_call("/v1/webhooks", &parameters, merchant, now().seconds());
        let answer = connection.exchange(request).await?;
        if answer.status != 200 {
            return Err(BenchError::NotRegistered(answer.code.to_owned()));
        }
    }
    Ok(())
}
