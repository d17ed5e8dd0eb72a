//! Which part of the scale a chart shows, and where a value lies on it.

use domain::reading::Reading;

/// The scale of a chart, in per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// From 0 to 100.
    FromZero,
    /// From 50 to 100; the chart must say so.
    FromHalf,
}

impl Axis {
    /// From 50 only when every interval lies above it: a cut axis must not cut a whisker.
    ///
    /// ```
    /// use app::parts::chart::axis::Axis;
    /// assert_eq!(Axis::choose([62.0, 50.0]), Axis::FromHalf);
    /// assert_eq!(Axis::choose([62.0, 49.9]), Axis::FromZero);
    /// assert_eq!(Axis::choose([]), Axis::FromZero);
    /// ```
    #[must_use]
    pub fn choose(lows: impl IntoIterator<Item = f64>) -> Self {
        let mut lows = lows.into_iter().peekable();
        if lows.peek().is_some() && lows.all(|low| low >= 50.0) { Self::FromHalf } else { Self::FromZero }
    }

    /// The scale for some readings; those without a figure have no say.
    pub fn of<'a>(readings: impl IntoIterator<Item = &'a Reading>) -> Self {
        Self::choose(readings.into_iter().filter_map(Reading::figure).map(|figure| figure.low))
    }

    /// Where a value lies, in per cent of the chart's width.
    ///
    /// ```
    /// use app::parts::chart::axis::Axis;
    /// assert_eq!(Axis::FromHalf.position(84.5), 69.0);
    /// assert_eq!(Axis::FromZero.position(84.5), 84.5);
    /// ```
    #[must_use]
    pub fn position(self, value: f64) -> f64 {
        let position = match self {
            Self::FromZero => value,
            Self::FromHalf => (value - 50.0) * 2.0,
        };
        position.clamp(0.0, 100.0)
    }

    /// The values with a line.
    #[must_use]
    pub const fn ticks(self) -> [u8; 6] {
        match self {
            Self::FromZero => [0, 20, 40, 60, 80, 100],
            Self::FromHalf => [50, 60, 70, 80, 90, 100],
        }
    }
}

/// A position as SVG writes it.
pub(crate) fn across(position: f64) -> String {
    format!("{position:.1}%")
}
