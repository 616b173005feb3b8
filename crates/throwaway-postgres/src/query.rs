//! Statements, run from outside.

use tokio::runtime::Builder;
use tokio_postgres::{NoTls, SimpleQueryMessage};

/// Runs statements on a connection of their own, and gives what the last rows say, column by column.
pub fn query(url: &str, sql: &str) -> Vec<Vec<Option<String>>> {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
        let driver = runtime.spawn(connection);
        let messages = client.simple_query(sql).await.unwrap();
        drop(client);
        driver.await.unwrap().unwrap();
        let rows = messages.into_iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        rows.map(|row| (0..row.len()).map(|index| row.get(index).map(str::to_owned)).collect()).collect()
    })
}
