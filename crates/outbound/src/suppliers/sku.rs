//! A supplier's code for a product, with what else the supplier wants to hear for that product.
//!
//! The operator writes both into one text: `ecash?amount=100000`, `cimahi?year=2025`. What a parameter means is the adapter's affair, and
//! one that it doesn't know is a mistake in the catalogue that must not be bought with.

/// `CODE`, or `CODE?name=value&name=value`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sku<'a> {
    /// What the supplier calls the product.
    pub code: &'a str,
    /// Each name once.
    pub parameters: Vec<(&'a str, &'a str)>,
}

impl<'a> Sku<'a> {
    /// The parts, or `None` if one of them is missing or said twice.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (code, rest) = match text.split_once('?') {
            Some((code, rest)) => (code, Some(rest)),
            None => (text, None),
        };
        let mut parameters: Vec<(&str, &str)> = Vec::new();
        for parameter in rest.into_iter().flat_map(|rest| rest.split('&')) {
            let (name, value) = parameter.split_once('=')?;
            let is_new = parameters.iter().all(|(known, _)| *known != name);
            if name.is_empty() || value.is_empty() || !is_new {
                return None;
            }
            parameters.push((name, value));
        }
        (!code.is_empty()).then_some(Self { code, parameters })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_have_parameters() {
        let parse = |text| Sku::parse(text).map(|sku| (sku.code, sku.parameters));
        assert_eq!(parse("pln"), Some(("pln", vec![])));
        assert_eq!(parse("cimahi?year=2025"), Some(("cimahi", vec![("year", "2025")])));
        assert_eq!(parse("x?a=1&b=c=d"), Some(("x", vec![("a", "1"), ("b", "c=d")])));
    }

    #[test]
    fn a_mistake_is_no_code() {
        for text in ["", "?", "?a=1", "x?", "x?a", "x?a=", "x?=1", "x?a=1&", "x?a=1&a=2"] {
            assert_eq!(Sku::parse(text), None, "{text}");
        }
    }
}
