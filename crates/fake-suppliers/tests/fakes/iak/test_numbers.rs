//! Every test number of the postpaid sandbox does what the documentation says.

use serde_json::{Value, json};

use crate::harness::Customer;

/// What comes of a number.
enum Expected {
    /// It is paid at once, and has so many bills.
    Paid(u64),
    /// The inquiry fails with this code.
    NoBill(&'static str),
    /// The payment fails with this code.
    NotPaid(&'static str),
    /// The payment is pending until somebody settles it.
    Pending,
}

use Expected::{NoBill, NotPaid, Paid, Pending};

/// As the documentation lists them, product by product.
const TABLE: [(&str, &str, Expected); 118] = [
    ("PLNPOSTPAID", "530000000001", Paid(1)),
    ("PLNPOSTPAID", "530000000002", Paid(8)),
    ("PLNPOSTPAID", "530000000003", NoBill("103")),
    ("PLNPOSTPAID", "530000000004", NoBill("01")),
    ("PLNPOSTPAID", "530000000005", NoBill("14")),
    ("PLNPOSTPAID", "530000000006", NotPaid("37")),
    ("PLNPOSTPAID", "530000000007", Pending),
    ("PLNPOSTPAID", "530000000008", NotPaid("105")),
    ("PLNNONH", "3225030005922", Paid(1)),
    ("PLNNONH", "1811217010329", Paid(1)),
    ("PLNNONH", "3226015008229", Paid(1)),
    ("BPJS", "8801234560001", Paid(1)),
    ("BPJS", "8801234560003", NoBill("103")),
    ("BPJS", "8801234560004", NoBill("01")),
    ("BPJS", "8801234560005", NoBill("14")),
    ("BPJS", "8801234560006", NotPaid("37")),
    ("BPJS", "8801234560007", Pending),
    ("BPJS", "8801234560008", NotPaid("105")),
    ("BPJSTK", "8102051011270001", Paid(1)),
    ("BPJSTK", "8102051011270002", Paid(1)),
    ("BPJSTK", "8102051011270003", NoBill("103")),
    ("BPJSTK", "8102051011270004", NoBill("01")),
    ("BPJSTK", "8102051011270005", NoBill("14")),
    ("BPJSTK", "8102051011270006", NotPaid("37")),
    ("BPJSTK", "8102051011270007", Pending),
    ("BPJSTK", "8102051011270008", NotPaid("105")),
    ("BPJSTK", "210300016066", Paid(1)),
    ("PDAMKOTA.SURABAYA", "10202001", Paid(1)),
    ("PDAMKOTA.MEDAN", "10202002", Paid(4)),
    ("AETRA", "10202003", NoBill("103")),
    ("AETRA", "10202004", NoBill("01")),
    ("AETRA", "10202005", NoBill("14")),
    ("PDAMKOTA.MEDAN", "10202006", NotPaid("37")),
    ("PDAMKOTA.MEDAN", "10202007", Pending),
    ("PDAMKOTA.MEDAN", "10202008", NotPaid("105")),
    ("TELKOMPSTN", "6391601201", Paid(1)),
    ("TELKOMPSTN", "6391601202", Paid(3)),
    ("TELKOMPSTN", "6391601203", NoBill("103")),
    ("TELKOMPSTN", "6391601204", NoBill("01")),
    ("TELKOMPSTN", "6391601205", NoBill("14")),
    ("TELKOMPSTN", "6391601206", NotPaid("37")),
    ("TELKOMPSTN", "6391601207", Pending),
    ("TELKOMPSTN", "6391601208", NotPaid("105")),
    ("CBN", "01927101", Paid(1)),
    ("CBN", "01783002", Paid(1)),
    ("CBN", "01783003", NoBill("103")),
    ("CBN", "01783004", NoBill("01")),
    ("CBN", "01783005", NoBill("14")),
    ("CBN", "01783006", NotPaid("37")),
    ("CBN", "01783007", Pending),
    ("CBN", "01783008", NotPaid("105")),
    ("HPTHREE", "08991234501", Paid(1)),
    ("HPTHREE", "08991234503", NoBill("103")),
    ("HPTHREE", "08991234504", NoBill("01")),
    ("HPTHREE", "08991234505", NoBill("14")),
    ("HPTHREE", "08991234506", NotPaid("37")),
    ("HPTHREE", "08991234507", Pending),
    ("HPTHREE", "08991234508", NotPaid("105")),
    ("TVTLKMV", "127246500101", Paid(1)),
    ("TVTLKMV", "127246500103", NoBill("103")),
    ("TVTLKMV", "127246500104", NoBill("01")),
    ("TVTLKMV", "127246500105", NoBill("14")),
    ("TVTLKMV", "127246500106", NotPaid("37")),
    ("TVTLKMV", "127246500107", Pending),
    ("TVTLKMV", "127246500108", NotPaid("105")),
    ("TVBIG", "1072161401", Paid(1)),
    ("TVBIG", "1072161403", NoBill("103")),
    ("TVBIG", "1072161404", NoBill("01")),
    ("TVBIG", "1072161405", NoBill("14")),
    ("TVBIG", "1072161406", NotPaid("37")),
    ("TVBIG", "1072161407", Pending),
    ("TVBIG", "1072161408", NotPaid("105")),
    ("PGAS", "0110014601", Paid(1)),
    ("PGAS", "0110014603", NoBill("103")),
    ("PGAS", "0110014604", NoBill("01")),
    ("PGAS", "0110014605", NoBill("14")),
    ("PGAS", "0110014606", NotPaid("37")),
    ("PGAS", "0110014607", Pending),
    ("PGAS", "0110014608", NotPaid("105")),
    ("FNMEGA", "6391601201", Paid(1)),
    ("FNMEGA", "6391601203", NoBill("103")),
    ("FNMEGA", "6391601204", NoBill("01")),
    ("FNMEGA", "6391601205", NoBill("14")),
    ("FNMEGA", "6391601206", NotPaid("37")),
    ("FNMEGA", "6391601207", Pending),
    ("FNMEGA", "6391601208", NotPaid("105")),
    ("PBBKOT.CIMAHI", "329801092375999901", Paid(1)),
    ("PBBKOT.CIMAHI", "329801092375999903", NoBill("103")),
    ("PBBKOT.CIMAHI", "329801092375999904", NoBill("01")),
    ("PBBKOT.CIMAHI", "329801092375999905", NoBill("14")),
    ("PBBKOT.CIMAHI", "329801092375999906", NotPaid("37")),
    ("PBBKOT.CIMAHI", "329801092375999907", Pending),
    ("PBBKOT.CIMAHI", "329801092375999908", NotPaid("105")),
    ("ESAMSAT.JABAR", "9658548523568701", Paid(1)),
    ("ESAMSAT.JABAR", "9658548523568703", NoBill("103")),
    ("ESAMSAT.JABAR", "9658548523568704", NoBill("01")),
    ("ESAMSAT.JABAR", "9658548523568705", NoBill("14")),
    ("ESAMSAT.JABAR", "9658548523568706", NotPaid("37")),
    ("ESAMSAT.JABAR", "9658548523568707", Pending),
    ("ESAMSAT.JABAR", "9658548523568708", NotPaid("105")),
    ("SHOPEEPAY", "082100000001", Paid(1)),
    ("SHOPEEPAY", "082100000002", Paid(1)),
    ("SHOPEEPAY", "082100000003", NoBill("103")),
    ("SHOPEEPAY", "082100000004", NoBill("01")),
    ("SHOPEEPAY", "082100000005", NoBill("14")),
    ("SHOPEEPAY", "082100000006", NotPaid("37")),
    ("SHOPEEPAY", "082100000007", Pending),
    ("SHOPEEPAY", "082100000008", NotPaid("105")),
    ("MEMBER.Shiftsoft_MMS-Perpuluhan_2022", "1001", Paid(1)),
    ("MEMBER.Shiftsoft_MMS-Perpuluhan_2022", "1002", Paid(1)),
    ("MEMBER.Shiftsoft_MMS-Perpuluhan_2022", "1003", NoBill("103")),
    ("MEMBER.Shiftsoft_MMS-Perpuluhan_2022", "1004", NoBill("01")),
    ("MEMBER.Shiftsoft_MMS-Perpuluhan_2022", "1005", NoBill("14")),
    ("MEMBER.Shiftsoft_MMS-Perpuluhan_2022", "1006", NotPaid("37")),
    ("MEMBER.Shiftsoft_MMS-Perpuluhan_2022", "1007", Pending),
    ("MEMBER.Shiftsoft_MMS-Perpuluhan_2022", "1008", NotPaid("105")),
    ("NONMEMBER.Shiftsoft_MMS-Perpuluhan_2022", "1921", Paid(1)),
    ("NONMEMBER.Shiftsoft_MMS-Perpuluhan_2022", "1922", Paid(1)),
];

#[tokio::test]
async fn test_numbers_do_as_they_should() {
    let customer = Customer::start().await;
    for (place, (code, number, expected)) in TABLE.into_iter().enumerate() {
        let ref_id = format!("R{place}");
        let inquiry = customer.inquire(&ref_id, code, number).await;
        if let NoBill(rc) = expected {
            assert_eq!(inquiry["response_code"], rc, "{code} {number}");
            assert!(inquiry.get("tr_id").is_none() && inquiry.get("desc").is_none(), "{inquiry}");
            continue;
        }
        assert_eq!(inquiry["response_code"], "00", "{code} {number} {inquiry}");
        let paid = customer.pay(&inquiry["tr_id"]).await;
        let status = customer.status(&ref_id).await;
        let codes = (&paid["response_code"], &status["response_code"], &status["status"]);
        let expected = match expected {
            Paid(bills) => {
                assert_eq!(bills_of(&paid), bills, "{paid}");
                (json!("00"), json!("00"), json!(1))
            }
            NotPaid(rc) => (json!(rc), json!("37"), json!(2)),
            Pending => (json!("39"), json!("39"), json!(3)),
            NoBill(_) => unreachable!("it was seen to above"),
        };
        assert_eq!(codes, (&expected.0, &expected.1, &expected.2), "{code} {number}");
    }
}

/// How many bills an answer tells, in whichever way its product does; one that tells none is one.
fn bills_of(paid: &Value) -> u64 {
    let desc = &paid["desc"];
    let paid_now = ["lembar_tagihan", "bill_quantity", "jumlah_tagihan"]
        .iter()
        .find_map(|name| desc[*name].as_u64().or_else(|| desc[*name].as_str()?.parse().ok()));
    paid_now.unwrap_or(1) + desc["lembar_tagihan_sisa"].as_u64().unwrap_or(0)
}
