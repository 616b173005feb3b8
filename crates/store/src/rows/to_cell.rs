//! The values that a column can take.

use std::borrow::Cow;
use std::sync::Arc;

use crate::fields::Cell;

/// Something that stands in a column.
pub trait ToCell {
    /// As the column has it.
    fn to_cell(&self) -> Cell<'_>;
}

macro_rules! whole_numbers {
    ($($Number:ty),+) => {
        $(impl ToCell for $Number {
            fn to_cell(&self) -> Cell<'_> {
                Cell::Integer(i64::from(*self))
            }
        })+
    };
}

whole_numbers!(i64, u8, u16, u32, bool);

impl ToCell for str {
    fn to_cell(&self) -> Cell<'_> {
        Cell::Text(Cow::Borrowed(self))
    }
}

impl ToCell for String {
    fn to_cell(&self) -> Cell<'_> {
        self.as_str().to_cell()
    }
}

impl ToCell for [u8] {
    fn to_cell(&self) -> Cell<'_> {
        Cell::Bytes(self)
    }
}

impl<T: ToCell + ?Sized> ToCell for &T {
    fn to_cell(&self) -> Cell<'_> {
        (**self).to_cell()
    }
}

impl<T: ToCell + ?Sized> ToCell for Arc<T> {
    fn to_cell(&self) -> Cell<'_> {
        (**self).to_cell()
    }
}

impl<T: ToCell> ToCell for Option<T> {
    fn to_cell(&self) -> Cell<'_> {
        self.as_ref().map_or(Cell::Null, T::to_cell)
    }
}
