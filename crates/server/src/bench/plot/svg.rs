//! Shapes and texts of a picture, as SVG.

use std::fmt::{Display, Write};

/// A picture that grows.
pub struct Svg(String);

impl Svg {
    /// An empty one of that size, with its style.
    pub fn new(width: u32, height: u32, style: &str) -> Self {
        let mut svg = Self(String::new());
        svg.push(format_args!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">"#
        ));
        svg.push(format_args!("<style>\n{style}</style>"));
        svg.push(format_args!(r#"<rect class="ground" width="{width}" height="{height}" rx="8"/>"#));
        svg
    }

    /// A text that begins at a place, or ends or is centred there as its classes say.
    pub fn text(&mut self, x: impl Display, y: impl Display, classes: &str, text: &str) {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        self.push(format_args!(r#"<text x="{x}" y="{y}" class="{classes}">{text}</text>"#));
    }

    /// A straight line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), classes: &str) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.push(format_args!(r#"<line x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}" class="{classes}"/>"#));
    }

    /// A line through all of these.
    pub fn curve(&mut self, points: &[(f64, f64)], classes: &str) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        self.push(format_args!(r#"<polyline points="{}" class="{classes}"/>"#, points.join(" ")));
    }

    /// A point, and what is said of it when somebody points at it.
    pub fn point(&mut self, (x, y): (f64, f64), classes: &str, title: &str) {
        self.push(format_args!(
            r#"<circle cx="{x:.1}" cy="{y:.1}" r="3.4" class="{classes}"><title>{title}</title></circle>"#
        ));
    }

    /// The whole of it.
    pub fn finish(mut self) -> String {
        self.push(format_args!("</svg>"));
        self.0
    }

    fn push(&mut self, element: std::fmt::Arguments<'_>) {
        // Writing to a String can't fail.
        let _ = writeln!(self.0, "{element}");
    }
}

/// A number with a comma before every three digits.
pub fn grouped(number: impl Display) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
