//! How a family's details are told.

/// One shape of `desc`, told by its members: IAK's codes for products don't say which family they belong to (`AETRA` is a water company).
#[derive(Debug)]
pub struct Family {
    /// Members of `desc` of which no family before this one has any. One of them is enough.
    pub marks: &'static [&'static str],
    /// The members of the public shape, in its order, our own after them.
    pub members: &'static [Member],
}

/// A member of the public shape and where it comes from. What IAK did not send is left out.
///
/// Paths are those of the contract, from `data`; in a line, from the line.
#[derive(Debug)]
pub enum Member {
    /// Text as it came; a number in digits.
    Text(&'static str, &'static str),
    /// Text that is left out when it is empty.
    Filled(&'static str, &'static str),
    /// Whole rupiah as text: 27240, 27240.0 and "27240" are all `"27240"`.
    Amount(&'static str, &'static str),
    /// A whole number, as a number.
    Number(&'static str, &'static str),
    /// `lembar_tagihan`: how many bills; one, if IAK doesn't count them.
    Sheets(Option<&'static str>),
    /// `detail`: one line for each of these. Lines that say nothing are left out, and so is `detail` without any.
    Lines(&'static str, &'static [Self]),
    /// `detail`: one line that the bill itself says.
    Line(&'static [Self]),
}
