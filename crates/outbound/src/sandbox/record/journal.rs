//! The record's writer.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::Path;

use crate::sandbox::record::RecordLine;

/// How much of an old record's end is read back: about half a million lines, a quarter of a second. It bounds the time to start.
const READ_BACK_BYTES: u64 = 48 * 1024 * 1024;

/// Adds lines to the record, or, without a file, to nothing. One process writes a record.
#[derive(Debug)]
pub struct Journal {
    file: Option<File>,
    /// Where the last finished line ends.
    length: u64,
    /// Every line that stood in the file was read back.
    is_read_whole: bool,
    /// A write failed, so that a piece of a line may follow `length`.
    is_torn: bool,
    buffer: Vec<u8>,
}

impl Journal {
    /// Opens a record, or begins it, and hands the lines at its end to `remember`, oldest first. An unfinished last line is cut off.
    pub fn open(path: Option<&Path>, remember: impl FnMut(RecordLine<'_>)) -> io::Result<Self> {
        let mut journal = Self { file: None, length: 0, is_read_whole: true, is_torn: false, buffer: Vec::new() };
        if let Some(path) = path {
            let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
            let length = file.metadata()?.len();
            let start = length.saturating_sub(READ_BACK_BYTES);
            journal.is_read_whole = start == 0;
            journal.length = read_back(&mut file, start..length, remember)?;
            journal.is_torn = journal.length < length;
            journal.file = Some(file);
            journal.mend()?;
        }
        Ok(journal)
    }

    /// Whether every line that stood in the record when it was opened was handed out.
    pub const fn is_read_whole(&self) -> bool {
        self.is_read_whole
    }

    /// Adds a line. After an error it is not in the record.
    pub fn append(&mut self, line: &RecordLine<'_>) -> io::Result<()> {
        // Customer numbers and references hold no control characters by their types; a product's code may be anything.
        if line.sku.contains(char::is_control) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the product's code holds a control character"));
        }
        self.mend()?;
        let Some(file) = &mut self.file else { return Ok(()) };
        self.buffer.clear();
        writeln!(self.buffer, "{line}")?;
        match file.write(&self.buffer) {
            Ok(written) if written == self.buffer.len() => {
                self.length += u64::try_from(written).unwrap_or_default();
                Ok(())
            }
            Ok(_) => {
                self.is_torn = true;
                Err(io::Error::new(io::ErrorKind::WriteZero, "only a part of the line was written"))
            }
            Err(error) => {
                self.is_torn = true;
                Err(error)
            }
        }
    }

    fn mend(&mut self) -> io::Result<()> {
        if let Some(file) = self.file.as_ref().filter(|_| self.is_torn) {
            file.set_len(self.length)?;
            self.is_torn = false;
        }
        Ok(())
    }
}

/// Reads a part of a record, without the line that it begins within, and answers where its last finished line ends.
fn read_back(file: &mut File, part: Range<u64>, mut remember: impl FnMut(RecordLine<'_>)) -> io::Result<u64> {
    let mut position = part.start;
    let mut starts_within_a_line = position > 0;
    file.seek(SeekFrom::Start(position))?;
    let mut reader = BufReader::with_capacity(256 * 1024, file.take(part.end - part.start));
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let read = reader.read_until(b'\n', &mut bytes)?;
        let Some((b'\n', line)) = bytes.split_last() else { return Ok(position) };
        position += u64::try_from(read).unwrap_or_default();
        if !std::mem::take(&mut starts_within_a_line) {
            let text = str::from_utf8(line).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            remember(RecordLine::read(text)?);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_record_begins_with_its_first_whole_line() {
        let line = |number| format!("2026-05-31 10:41:16.000123\tpaid\tRef{number}\tprepaid\tXL10\t08123\t11100\n");
        let text: String = (1..=3).map(line).collect();
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let length = u64::try_from(text.len()).unwrap();
        for (start, expected) in [(0, &["Ref1", "Ref2", "Ref3"][..]), (1, &["Ref2", "Ref3"]), (length - 5, &[])] {
            let mut read = Vec::new();
            let end = read_back(&mut file, start..length, |line| read.push(line.supplier_ref.to_owned())).unwrap();
            assert_eq!(end, length);
            assert_eq!(read, expected);
        }
    }
}
