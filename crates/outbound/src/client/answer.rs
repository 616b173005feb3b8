//! An answer, put together as its bytes arrive, in whatever pieces.
//!
//! Guarantees that it is called whole only at its end, and that never more of it is kept than is allowed.

use httparse::{EMPTY_HEADER, Status};

use crate::client::answer_fault::AnswerFault;
use crate::client::head::{End, Head};

/// The longest line between chunks, and the longest trailers, in bytes.
const LONGEST_BETWEEN: usize = 16 * 1024;
/// Trailers.
const MOST_TRAILERS: usize = 32;
/// What ends a chunk.
const LINE_END: &[u8] = b"\r\n";

/// As much of an answer as came.
pub struct Answer {
    /// The HTTP status, once the head is whole.
    pub status: Option<u16>,
    /// The body, as far as it came.
    pub body: Vec<u8>,
    longest: usize,
    /// What came and isn't read.
    unread: Vec<u8>,
    next: Next,
}

/// What comes next.
#[derive(Clone, Copy)]
enum Next {
    Head,
    /// So many bytes, and that is all.
    Counted(u64),
    /// Whatever comes.
    Anything,
    ChunkSize,
    Chunk(u64),
    ChunkEnd,
    Trailers,
}

impl Answer {
    /// Nothing yet; its body may have so many bytes.
    pub const fn new(longest: usize) -> Self {
        Self { status: None, body: Vec::new(), longest, unread: Vec::new(), next: Next::Head }
    }

    /// Takes what came. Whether that is all.
    pub fn take(&mut self, bytes: &[u8]) -> Result<bool, AnswerFault> {
        self.unread.extend_from_slice(bytes);
        loop {
            let next = match self.next {
                Next::Head => self.head()?,
                Next::Counted(0) => return Ok(true),
                Next::Counted(left) => self.keep(left)?.map(Next::Counted),
                Next::Anything => self.keep(u64::MAX)?.map(|_| Next::Anything),
                Next::ChunkSize => self.chunk_size()?,
                Next::Chunk(0) => Some(Next::ChunkEnd),
                Next::Chunk(left) => self.keep(left)?.map(Next::Chunk),
                Next::ChunkEnd => self.chunk_end()?,
                Next::Trailers => self.trailers()?,
            };
            match next {
                Some(next) => self.next = next,
                None => return Ok(false),
            }
        }
    }

    /// The connection has ended. Only where nothing else tells the end is that an end.
    pub const fn close(&self) -> Result<(), AnswerFault> {
        if matches!(self.next, Next::Anything) { Ok(()) } else { Err(AnswerFault::Cut) }
    }

    fn head(&mut self) -> Result<Option<Next>, AnswerFault> {
        let Some(head) = Head::read(&self.unread)? else {
            return Ok(None);
        };
        self.unread.drain(..head.length);
        if head.is_interim() {
            return Ok(Some(Next::Head));
        }
        self.status = Some(head.status);
        Ok(Some(match head.end {
            End::Counted(length) => Next::Counted(length),
            End::Chunked => Next::ChunkSize,
            End::Closed => Next::Anything,
        }))
    }

    /// Keeps up to `most` bytes of the body: how many are left of them. `None` if there is nothing to keep.
    fn keep(&mut self, most: u64) -> Result<Option<u64>, AnswerFault> {
        if self.unread.is_empty() {
            return Ok(None);
        }
        let here = usize::try_from(most).map_or(self.unread.len(), |most| most.min(self.unread.len()));
        let room = self.longest.saturating_sub(self.body.len());
        self.body.extend(self.unread.drain(..here).take(room));
        if here > room {
            return Err(AnswerFault::TooLong(self.longest));
        }
        Ok(Some(most.saturating_sub(u64::try_from(here).unwrap_or(u64::MAX))))
    }

    fn chunk_size(&mut self) -> Result<Option<Next>, AnswerFault> {
        match httparse::parse_chunk_size(&self.unread).map_err(|_| AnswerFault::Chunk)? {
            Status::Complete((length, size)) => {
                self.unread.drain(..length);
                Ok(Some(if size == 0 { Next::Trailers } else { Next::Chunk(size) }))
            }
            Status::Partial => self.wait(),
        }
    }

    fn chunk_end(&mut self) -> Result<Option<Next>, AnswerFault> {
        if self.unread.starts_with(LINE_END) {
            self.unread.drain(..LINE_END.len());
            return Ok(Some(Next::ChunkSize));
        }
        if LINE_END.starts_with(&self.unread) { Ok(None) } else { Err(AnswerFault::Chunk) }
    }

    fn trailers(&mut self) -> Result<Option<Next>, AnswerFault> {
        let mut trailers = [EMPTY_HEADER; MOST_TRAILERS];
        match httparse::parse_headers(&self.unread, &mut trailers).map_err(|_| AnswerFault::Chunk)? {
            Status::Complete(_) => Ok(Some(Next::Counted(0))),
            Status::Partial => self.wait(),
        }
    }

    /// For more, but not for ever.
    const fn wait(&self) -> Result<Option<Next>, AnswerFault> {
        if self.unread.len() < LONGEST_BETWEEN { Ok(None) } else { Err(AnswerFault::Chunk) }
    }
}

#[cfg(test)]
mod tests;
