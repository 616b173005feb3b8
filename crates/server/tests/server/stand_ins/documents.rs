//! The tables of the suppliers' documents, read from the documents themselves: `docs/contract/suppliers/`.

const DIGIFLAZZ: &str = include_str!("../../../../../docs/contract/suppliers/digiflazz.md");
const IAK: &str = include_str!("../../../../../docs/contract/suppliers/iak.md");

/// What Digiflazz says will happen to a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fate {
    Succeeds,
    InquiryFails,
    PaymentFails,
    PendsThenSucceeds,
    PendsThenFails,
}

/// The columns of Digiflazz's table, from the second on.
const FATES: [Fate; 5] =
    [Fate::Succeeds, Fate::InquiryFails, Fate::PaymentFails, Fate::PendsThenSucceeds, Fate::PendsThenFails];

/// A test number of Digiflazz's.
#[derive(Clone, Debug)]
pub struct DigiflazzNumber {
    pub sku: String,
    pub customer_no: String,
    pub fate: Fate,
}

/// All test numbers of Digiflazz's.
pub fn digiflazz_numbers() -> Vec<DigiflazzNumber> {
    let table = DIGIFLAZZ.split_once("### Test numbers").unwrap().1.split_once("\n\n").unwrap().0;
    let rows = table.lines().filter_map(|line| line.strip_prefix("| ")).skip(1);
    let mut numbers = Vec::new();
    for row in rows {
        let mut cells = row.trim_end_matches('|').split('|').map(str::trim);
        let sku = cells.next().unwrap().split('`').nth(1).unwrap();
        let mut first = None;
        for (cell, fate) in cells.zip(FATES) {
            for shown in cell.split(", ").filter(|shown| *shown != "–") {
                let shown = shown.split(" (").next().unwrap();
                let customer_no = whole(shown, first.as_deref());
                first.get_or_insert_with(|| customer_no.clone());
                numbers.push(DigiflazzNumber { sku: sku.to_owned(), customer_no, fate });
            }
        }
    }
    numbers
}

/// A number that may be shortened at its beginning or its end, as the row's first one has it there.
fn whole(shown: &str, first: Option<&str>) -> String {
    if let Some(end) = shown.strip_prefix('…') {
        let first = first.unwrap();
        return format!("{}{end}", &first[..first.len() - end.len()]);
    }
    match shown.strip_suffix('…') {
        Some(start) => format!("{start}{}", &first.unwrap()[start.len()..]),
        None => shown.to_owned(),
    }
}

/// A test number of IAK's: product, number, and what the document says of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IakNumber {
    pub family: String,
    pub code: String,
    pub number: String,
    pub outcome: String,
}

/// All test numbers of IAK's; each product's number once.
pub fn iak_numbers() -> Vec<IakNumber> {
    let mut numbers: Vec<IakNumber> = Vec::new();
    for section in IAK.split("#### IAK `").skip(1) {
        let family = section.split('`').next().unwrap();
        let tests = section.lines().find_map(|line| line.strip_prefix("Test: ")).unwrap();
        for test in tests.split("; ") {
            let (subject, outcome) = test.split_once(" → ").unwrap();
            let (code, number) = subject.trim_start_matches('`').split_once("` ").unwrap();
            if numbers.iter().any(|known| known.code == code && known.number == number) {
                continue;
            }
            let [family, code, number, outcome] = [family, code, number, outcome].map(str::to_owned);
            numbers.push(IakNumber { family, code, number, outcome });
        }
    }
    numbers
}

/// The shapes of `desc` as Digiflazz shows them: the heading, and the first sample below it as it is written.
pub fn desc_shapes() -> Vec<(&'static str, &'static str)> {
    let shapes = DIGIFLAZZ.split_once("### desc shapes").unwrap().1.split_once("\n\n").unwrap().0;
    let sample = |line: &'static str| {
        let (heading, rest) = line.strip_prefix("- ")?.split_once(": `{")?;
        let begin = line.len() - rest.len() - 1;
        Some((heading, line[begin..].split('`').next()?))
    };
    shapes.lines().filter_map(sample).collect()
}

#[test]
fn the_tables_are_read_whole() {
    let numbers = digiflazz_numbers();
    let of = |fate| numbers.iter().filter(|number| number.fate == fate).count();
    assert_eq!(FATES.map(of), [18, 15, 16, 18, 16], "{numbers:?}");
    let has = |customer_no: &str| numbers.iter().any(|number| number.customer_no == customer_no);
    for customer_no in ["329801092375999992", "8102051011270003", "0658548523568705,0212502110170100"] {
        assert!(has(customer_no), "{customer_no}");
    }
    let numbers = iak_numbers();
    assert!(numbers.iter().all(|number| number.number.bytes().all(|byte| byte.is_ascii_digit())), "{numbers:?}");
    assert_eq!(numbers.len(), 118);
    assert_eq!(desc_shapes().len(), 13, "{:?}", desc_shapes());
}
