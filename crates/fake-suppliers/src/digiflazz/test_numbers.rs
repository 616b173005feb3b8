//! The test numbers of Digiflazz, with what happens to each.

use Fate::{InquiryFails, PaymentFails, PendsThenFails, PendsThenSucceeds, Succeeds};

/// What happens to a customer's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It succeeds at once.
    Succeeds,
    /// There is no bill.
    InquiryFails,
    /// There is a bill, but it can't be paid.
    PaymentFails,
    /// It is pending, and succeeds later.
    PendsThenSucceeds,
    /// It is pending, and fails later.
    PendsThenFails,
}

/// Product, number, what happens, and how many sheets the bill has.
const TABLE: [(&str, &str, Fate, usize); 84] = [
    ("xld10", "087800001230", Succeeds, 0),
    ("xld10", "087800001232", PaymentFails, 0),
    ("xld10", "087800001233", PendsThenSucceeds, 0),
    ("xld10", "087800001234", PendsThenFails, 0),
    ("pln", "530000000001", Succeeds, 1),
    ("pln", "530000000002", Succeeds, 2),
    ("pln", "530000000003", InquiryFails, 1),
    ("pln", "530000000006", PaymentFails, 1),
    ("pln", "530000000005", PendsThenSucceeds, 1),
    ("pln", "630000000001", PendsThenSucceeds, 1),
    ("pln", "630000000002", PendsThenSucceeds, 2),
    ("pln", "630000000006", PendsThenFails, 1),
    ("pdam", "1013226", Succeeds, 1),
    ("pdam", "1013227", InquiryFails, 1),
    ("pdam", "1013230", PaymentFails, 1),
    ("pdam", "2013226", PendsThenSucceeds, 1),
    ("pdam", "2013230", PendsThenFails, 1),
    ("internet", "6391601001", Succeeds, 1),
    ("internet", "6391601002", InquiryFails, 1),
    ("internet", "6391601005", PaymentFails, 1),
    ("internet", "7391601001", PendsThenSucceeds, 1),
    ("internet", "7391601005", PendsThenFails, 1),
    ("bpjs", "8801234560001", Succeeds, 1),
    ("bpjs", "8801234560002", InquiryFails, 1),
    ("bpjs", "8801234560005", PaymentFails, 1),
    ("bpjs", "9801234560001", PendsThenSucceeds, 1),
    ("bpjs", "9801234560005", PendsThenFails, 1),
    ("multifinance", "6391601201", Succeeds, 1),
    ("multifinance", "6391601202", InquiryFails, 1),
    ("multifinance", "6391601205", PaymentFails, 1),
    ("multifinance", "7391601201", PendsThenSucceeds, 1),
    ("multifinance", "7391601205", PendsThenFails, 1),
    ("cimahi", "329801092375999991", Succeeds, 1),
    ("cimahi", "329801092375999992", InquiryFails, 1),
    ("cimahi", "329801092375999995", PaymentFails, 1),
    ("cimahi", "429801092375999991", PendsThenSucceeds, 1),
    ("cimahi", "429801092375999995", PendsThenFails, 1),
    ("pdl", "3298010921", Succeeds, 1),
    ("pdl", "3298010922", InquiryFails, 1),
    ("pdl", "3298010923", PaymentFails, 1),
    ("pdl", "4298010921", PendsThenSucceeds, 1),
    ("pdl", "4298010923", PendsThenFails, 1),
    ("pgas", "0110014601", Succeeds, 1),
    ("pgas", "0110014602", Succeeds, 2),
    ("pgas", "0110014603", InquiryFails, 1),
    ("pgas", "0110014605", PaymentFails, 1),
    ("pgas", "1110014601", PendsThenSucceeds, 1),
    ("pgas", "1110014602", PendsThenSucceeds, 2),
    ("pgas", "1110014605", PendsThenFails, 1),
    ("tv", "127246500101", Succeeds, 1),
    ("tv", "127246500102", InquiryFails, 1),
    ("tv", "127246500105", PaymentFails, 1),
    ("tv", "227246500101", PendsThenSucceeds, 1),
    ("tv", "227246500105", PendsThenFails, 1),
    ("bpjstk", "8102051011270001", Succeeds, 1),
    ("bpjstk", "8102051011270002", InquiryFails, 1),
    ("bpjstk", "8102051011270003", PaymentFails, 1),
    ("bpjstk", "9102051011270001", PendsThenSucceeds, 1),
    ("bpjstk", "9102051011270003", PendsThenFails, 1),
    ("bpjstkpu", "400000100001", Succeeds, 1),
    ("bpjstkpu", "400000100002", InquiryFails, 1),
    ("bpjstkpu", "400000100003", PaymentFails, 1),
    ("bpjstkpu", "500000100001", PendsThenSucceeds, 1),
    ("bpjstkpu", "500000100003", PendsThenFails, 1),
    ("plnnontaglist", "3225030005921", Succeeds, 1),
    ("plnnontaglist", "3225030005922", InquiryFails, 1),
    ("plnnontaglist", "3225030005923", PaymentFails, 1),
    ("plnnontaglist", "4225030005921", PendsThenSucceeds, 1),
    ("plnnontaglist", "4225030005923", PendsThenFails, 1),
    ("emoney", "082100000001", Succeeds, 1),
    ("emoney", "082100000002", InquiryFails, 1),
    ("emoney", "082100000003", PaymentFails, 1),
    ("emoney", "082110000001", PendsThenSucceeds, 1),
    ("emoney", "082110000003", PendsThenFails, 1),
    ("samsat", "9658548523568701,0212502110170100", Succeeds, 1),
    ("samsat", "9658548523568702,0212502110170100", InquiryFails, 1),
    ("samsat", "9658548523568705,0212502110170100", PaymentFails, 1),
    ("samsat", "0658548523568701,0212502110170100", PendsThenSucceeds, 1),
    ("samsat", "0658548523568705,0212502110170100", PendsThenFails, 1),
    ("hp", "081234554320", Succeeds, 1),
    ("hp", "081234554321", InquiryFails, 1),
    ("hp", "081234554324", PaymentFails, 1),
    ("hp", "081244554320", PendsThenSucceeds, 1),
    ("hp", "081244554324", PendsThenFails, 1),
];

/// What the table says about a number: what happens, and how many sheets its bill has.
pub fn find(sku: &str, customer_no: &str) -> Option<(Fate, usize)> {
    let row = TABLE.iter().find(|(product, number, _, _)| *product == sku && *number == customer_no);
    row.map(|&(_, _, fate, sheets)| (fate, sheets))
}
