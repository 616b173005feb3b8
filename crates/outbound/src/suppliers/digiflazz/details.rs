//! A bill's `desc`, read by its family's table and written anew: what isn't in the table is left out.

use std::borrow::Cow;
use std::collections::BTreeMap;

use domain::money::Rupiah;
use serde_json::{Map, Value};

use crate::suppliers::digiflazz::families::{FAMILIES, Family, Kind, Members};
use crate::wire::{Field, Unreadable};

/// Members by name.
type Fields = BTreeMap<String, Field>;

/// What the details of a bill say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Details {
    /// A JSON object in its family's shape.
    pub json: String,
    /// The periods of its lines, with commas between; for a tax, its year.
    pub periods: String,
    /// What its lines add up to, where it is documented which amounts do.
    pub sum: Option<Rupiah>,
}

impl Details {
    /// Fails if it is no object, or has an amount that is none.
    pub fn read(desc: &Field) -> Result<Self, Unreadable> {
        // PHP writes an empty object as an empty array.
        let is_empty = !desc.is_given() || desc.nested::<[Value; 0]>().is_ok();
        let fields: Fields = if is_empty { Fields::new() } else { desc.nested()?.unwrap_or_default() };
        let lines: Vec<Fields> = match fields.get("detail") {
            Some(detail) => detail.nested()?.unwrap_or_default(),
            None => Vec::new(),
        };
        let family = Family::of(&fields, &lines).ok_or(Unreadable)?;

        let mut members = write(family.members, &fields)?;
        if !family.lines.is_empty() && fields.contains_key("detail") {
            let lines: Vec<Value> =
                lines.iter().map(|line| write(family.lines, line).map(Value::Object)).collect::<Result<_, _>>()?;
            members.insert("detail".to_owned(), lines.into());
        }
        Ok(Self {
            json: Value::Object(members).to_string(),
            periods: periods(&fields, &lines)?,
            sum: family.add(&lines)?,
        })
    }
}

impl Family {
    fn of(fields: &Fields, lines: &[Fields]) -> Option<&'static Self> {
        FAMILIES.iter().find(|family| {
            let line = lines.first();
            family.marks.iter().all(|mark| fields.contains_key(*mark))
                && family.line_marks.iter().all(|mark| line.is_some_and(|line| line.contains_key(*mark)))
        })
    }

    /// What the lines add up to. An amount that isn't there is nothing; a bill whose lines have none at all isn't added up.
    fn add(&self, lines: &[Fields]) -> Result<Option<Rupiah>, Unreadable> {
        let mut sum = None;
        for line in lines {
            for name in self.sum {
                if let Some(amount) = line.get(*name).map(Field::rupiah).transpose()?.flatten() {
                    sum = Some(sum.unwrap_or(Rupiah::ZERO).plus(amount).map_err(|_| Unreadable)?);
                }
            }
        }
        Ok(sum)
    }
}

/// The members that are there, in the table's order. A mistake in what is only shown costs that member, one in an amount the whole bill.
fn write(members: Members, fields: &Fields) -> Result<Map<String, Value>, Unreadable> {
    let mut written = Map::new();
    for (name, kind) in members {
        let Some(field) = fields.get(*name) else {
            continue;
        };
        let value: Option<Value> = match kind {
            Kind::Words => field.text_or_empty().ok().flatten().map(|text| text.into_owned().into()),
            Kind::Count => field.whole().ok().flatten().map(Into::into),
            Kind::Money => field.whole()?.map(|amount| amount.to_string().into()),
            Kind::Amount => field.whole()?.map(Into::into),
        };
        if let Some(value) = value {
            written.insert((*name).to_owned(), value);
        }
    }
    Ok(written)
}

fn periods(fields: &Fields, lines: &[Fields]) -> Result<String, Unreadable> {
    let mut periods: Vec<Cow<'_, str>> = Vec::new();
    for period in lines.iter().filter_map(|line| line.get("periode")) {
        periods.extend(period.text()?);
    }
    if let Some(year) = fields.get("tahun_pajak").filter(|_| periods.is_empty()) {
        periods.extend(year.text()?);
    }
    Ok(periods.join(","))
}
