//! Where the words and the marks of a chart stand, in pixels from the top.

use super::axis::Axis;

/// Characters of a name that fit on one line of a telephone 320 px wide.
pub const LINE: usize = 38;

/// How words and marks share a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrangement {
    /// Name left and figure right on one line, the whisker below at full width.
    Wide,
    /// Name, then figure, then whisker, each on a line of its own.
    Stacked,
    /// Name and figure in the left half that no whisker reaches, the mark beside the figure.
    Beside,
    /// A narrow row: the name left, the whisker right, the figure only in the table.
    Tight,
}

impl Arrangement {
    /// Short names share a line with their figure; long ones do not.
    ///
    /// ```
    /// use app::parts::chart::layout::Arrangement;
    /// assert_eq!(Arrangement::for_names(["Kết quả", "Thủ tục hành chính"]), Arrangement::Wide);
    /// assert_eq!(Arrangement::for_names(["Sở Nông nghiệp và Môi trường"]), Arrangement::Stacked);
    /// ```
    pub fn for_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        if names.into_iter().all(|name| name.chars().count() <= 19) { Self::Wide } else { Self::Stacked }
    }

    /// On a scale from 0, the left half is free for words when no whisker reaches it.
    ///
    /// ```
    /// use app::parts::chart::layout::Arrangement;
    /// assert_eq!(Arrangement::for_lows([61.0, 87.4]), Arrangement::Beside);
    /// assert_eq!(Arrangement::for_lows([7.3]), Arrangement::Stacked);
    /// ```
    pub fn for_lows(lows: impl IntoIterator<Item = f64>) -> Self {
        if lows.into_iter().all(|low| low >= 56.0) { Self::Beside } else { Self::Stacked }
    }

    /// The scale that goes with the arrangement: words in the left half need the scale from 0.
    #[must_use]
    pub const fn axis(self, chosen: Axis) -> Axis {
        match self {
            Self::Beside => Axis::FromZero,
            Self::Wide | Self::Stacked | Self::Tight => chosen,
        }
    }
}

/// Where one row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Upper edge.
    pub top: usize,
    /// Base line of the name's first line.
    pub name: usize,
    /// Base line of the figure.
    pub figure: usize,
    /// Middle of the mark and its whisker.
    pub mark: usize,
    /// Lower edge.
    pub bottom: usize,
}

impl Place {
    /// The place of a row that begins at `top` and whose name has so many lines.
    #[must_use]
    pub const fn row(arrangement: Arrangement, top: usize, lines: usize) -> Self {
        let more = 19 * lines.saturating_sub(1);
        let name = top + 20;
        match arrangement {
            Arrangement::Wide => {
                Self { top, name, figure: name, mark: name + more + 18, bottom: name + more + 32 }
            }
            Arrangement::Stacked => {
                let figure = name + more + 19;
                Self { top, name, figure, mark: figure + 14, bottom: figure + 29 }
            }
            Arrangement::Beside => {
                let figure = name + more + 19;
                Self { top, name, figure, mark: figure - 5, bottom: figure + 11 }
            }
            Arrangement::Tight => {
                Self { top, name: top + 17, figure: top + 16, mark: top + 12, bottom: top + 24 }
            }
        }
    }

    /// The place of a heading that begins at `top`.
    #[must_use]
    pub const fn heading(top: usize, lines: usize) -> Self {
        let bottom = top + 30 + 19 * lines.saturating_sub(1);
        Self { top, name: top + 20, figure: top + 20, mark: top + 20, bottom }
    }
}

/// A name cut into lines that fit a telephone, between words.
///
/// ```
/// use app::parts::chart::layout::lines;
/// assert_eq!(lines("Kết quả"), ["Kết quả"]);
/// assert_eq!(
///     lines("Trung tâm Phục vụ hành chính công tỉnh Cà Mau"),
///     ["Trung tâm Phục vụ hành chính công tỉnh", "Cà Mau"]
/// );
/// ```
#[must_use]
pub fn lines(name: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.is_empty() { vec![String::new()] } else { lines }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_never_overlap() {
        for arrangement in [Arrangement::Wide, Arrangement::Stacked, Arrangement::Beside, Arrangement::Tight]
        {
            for lines in 1..4 {
                let place = Place::row(arrangement, 100, lines);
                assert!(place.name > place.top && place.figure >= place.top, "{arrangement:?} {lines}");
                assert!(place.mark < place.bottom && place.figure < place.bottom, "{arrangement:?} {lines}");
            }
        }
    }

    #[test]
    fn a_longer_name_pushes_everything_below_it_down() {
        let one = Place::row(Arrangement::Stacked, 0, 1);
        let two = Place::row(Arrangement::Stacked, 0, 2);
        assert_eq!(two.figure - one.figure, 19);
        assert_eq!(two.bottom - one.bottom, 19);
    }
}
