//! Fills an empty database with everything that another one holds, as one transaction.

use std::pin::pin;

use futures_util::TryStreamExt;
use tokio_postgres::Client;

use crate::StoreError;
use crate::fields::Fields;
use crate::moving::{MovedTable, Sums, each_table};
use crate::postgres::address::Address;
use crate::postgres::arrays::Arrays;
use crate::postgres::background::Background;
use crate::postgres::connection::Connection;
use crate::postgres::deadline::{answered, answered_within};
use crate::postgres::failure::Failure;
use crate::postgres::{queries, schema, sql};
use crate::rows::Kept;
use crate::sqlite::{Source, next_rows};

/// So many rows go in at once.
const ROWS_A_STEP: usize = 1_000;
/// Between two steps of what is read back, and until a commit is done.
const STEP_WITHIN: std::time::Duration = std::time::Duration::from_mins(10);
/// A large table takes longer to be read back than a question may.
const UNHURRIED: &str = "SET LOCAL statement_timeout = 0";
/// The mover is a writer that has written nothing else, and whose newest moment is that of what it moved.
const BEGIN_WRITER: &str = "INSERT INTO writers (writer_id, batch, newest_at) VALUES ($1, 0, $2)";

/// Fills the database at `url`, whose tables are made where they are missing, and which must be empty. Everything is read back and compared
/// before it is committed; `before_commit` is called just before that.
pub fn fill(
    url: &str,
    source: &Source<'_>,
    writer_id: [u8; 16],
    before_commit: &mut dyn FnMut() -> Result<(), StoreError>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Vec<MovedTable>, StoreError> {
    let address = Address::parse(url)?;
    let background = Background::start()?;
    background.wait(async {
        let runtime = background.handle().ok_or_else(|| StoreError::Engine("no runtime".to_owned()))?;
        let connection = Connection::open(&address, runtime).await?;
        let client = &connection.client;
        schema::migrate(client).await?;
        answered(client.batch_execute(queries::BEGIN)).await?;
        answered(client.batch_execute(UNHURRIED)).await?;
        each_table!(Row => check_empty::<Row>(client).await?);

        let mut of = 0;
        each_table!(Row => of += 2 * source.count::<Row>()?);
        let mut done = 0;
        let mut step = |rows: usize| {
            done += u64::try_from(rows).unwrap_or(0);
            progress(done, of);
        };
        let mut moved = Vec::new();
        each_table!(Row => {
            let here = write::<Row>(client, source, &mut step).await?;
            let there = read_back::<Row>(client, &mut step).await?;
            moved.push(here.compare(&there, &Row::LAYOUT)?);
        });
        let newest_at = source.newest_at()?.micros();
        answered(client.execute(BEGIN_WRITER, &[&writer_id.as_slice(), &newest_at])).await?;
        before_commit()?;
        commit(&connection).await.map(|()| moved)
    })
}

async fn check_empty<R: Kept>(client: &Client) -> Result<(), StoreError> {
    let name = R::LAYOUT.table.name;
    let found = answered(client.query_opt(&format!("SELECT 1 FROM {name} LIMIT 1"), &[])).await?;
    found.map_or(Ok(()), |_| {
        Err(StoreError::Unavailable(format!(
            "the PostgreSQL database is not empty: there are rows in its table {name}. Nothing is ever overwritten; name an empty one"
        )))
    })
}

async fn write<R: Kept>(
    client: &Client,
    source: &Source<'_>,
    step: &mut impl FnMut(usize),
) -> Result<Sums, StoreError> {
    let mut sums = Sums::of(&R::LAYOUT);
    let insert = answered(client.prepare(&sql::insert(&R::LAYOUT))).await?;
    let mut statement = source.prepare::<R>()?;
    let mut rows = statement.raw_query();
    loop {
        let next: Vec<R> = next_rows(&mut rows, ROWS_A_STEP)?;
        if next.is_empty() {
            return Ok(sums);
        }
        next.iter().try_for_each(|row| sums.add(row))?;
        let arrays = Arrays::of_rows(&next)?;
        answered(client.execute(&insert, &arrays.params())).await?;
        step(next.len());
    }
}

async fn read_back<R: Kept>(client: &Client, step: &mut impl FnMut(usize)) -> Result<Sums, StoreError> {
    let mut sums = Sums::of(&R::LAYOUT);
    let select = format!("SELECT {} FROM {}", sql::columns(&R::LAYOUT), R::LAYOUT.table.name);
    let rows = answered_within(STEP_WITHIN, client.query_raw(&select, std::iter::empty::<i64>())).await?;
    let mut rows = pin!(rows.try_chunks(ROWS_A_STEP));
    loop {
        let next = answered_within(STEP_WITHIN, async { rows.try_next().await.map_err(|error| error.1) }).await?;
        let Some(next) = next else { return Ok(sums) };
        for row in &next {
            sums.add(&R::read(&mut Fields::of(const { &R::LAYOUT.table }, row))?)?;
        }
        step(next.len());
    }
}

/// Whoever loses the connection here doesn't know what came of it.
async fn commit(connection: &Connection) -> Result<(), StoreError> {
    connection.warnings.take();
    match answered_within(STEP_WITHIN, connection.client.batch_execute("COMMIT")).await {
        Err(Failure::Lost(error)) => return Err(unknown(&error.to_string())),
        other => other?,
    }
    let warnings = connection.warnings.take();
    if warnings.is_empty() { Ok(()) } else { Err(unknown(&warnings.join("; "))) }
}

fn unknown(why: &str) -> StoreError {
    StoreError::Unknown(format!(
        "the move was being committed ({why}); see whether the target holds everything with loket verify"
    ))
}
