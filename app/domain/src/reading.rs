//! Readings: a figure with its interval and its caveats, or the reason there is none. There is no
//! way to hold an index of this product without its interval (promise 1).

/// A figure, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// The figure.
    Figure(Figure),
    /// Why there is none.
    Withheld(Withheld),
}

impl Reading {
    /// The figure, if there is one.
    #[must_use]
    pub const fn figure(&self) -> Option<&Figure> {
        match self {
            Self::Figure(figure) => Some(figure),
            Self::Withheld(_) => None,
        }
    }
}

/// An index in per cent with everything that must go with it. Numbers are exact; rounding is the
/// business of whoever shows them.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Respondents who answered something of the node.
    pub n: u64,
    /// Answers given to items of the node.
    pub answers: u64,
    /// The index, 0-100.
    pub index: f64,
    /// Lower end of the published interval, 0-100.
    pub low: f64,
    /// Upper end of the published interval, 0-100.
    pub high: f64,
    /// Standard error in points; `None` where all or none are satisfied.
    pub se: Option<f64>,
    /// Degrees of freedom.
    pub df: u64,
    /// The interval without the floor borrowed from peers.
    pub plain: (f64, f64),
    /// The mean score, where the node has one.
    pub score: Option<Score>,
    /// Share of blank answers among those asked, 0-100.
    pub blank_share: f64,
    /// Share of "not applicable" among those asked, 0-100.
    pub na_share: f64,
    /// What a reader must know.
    pub caveats: Vec<Caveat>,
}

/// A mean score, 0-100, with its t interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Respondents who answered at least half of the items.
    pub n: u64,
    /// The mean.
    pub mean: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Standard error; `None` for a single respondent.
    pub se: Option<f64>,
    /// Degrees of freedom.
    pub df: u64,
}

/// What a reader must know beside a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Caveat {
    /// 10-29 respondents, or a half width above 10 points: for orientation only, never banded.
    Indicative,
    /// 30-59 respondents.
    FewRespondents,
    /// Fewer than eight degrees of freedom.
    FewDegrees,
    /// Everybody is satisfied: only the lower limit is said.
    AllSatisfied,
    /// The variance was raised to the floor of the peers, with this factor g.
    Floor(f64),
    /// A floor with this g was there, and the own variance was larger.
    FloorUnused(f64),
    /// Too few peers for a floor.
    NoFloor,
    /// More than a tenth of the answers asked for are blank.
    ManyBlanks,
    /// People chose themselves to answer; the interval does not cover that.
    SelfSelected,
    /// Several modes of an imported file, shown together.
    Mixture,
}

impl Caveat {
    /// The word in exported files.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Indicative => "indicative".into(),
            Self::FewRespondents => "few-respondents".into(),
            Self::FewDegrees => "few-degrees".into(),
            Self::AllSatisfied => "all-satisfied".into(),
            Self::Floor(g) => format!("floor:g={g:.3}"),
            Self::FloorUnused(g) => format!("floor-unused:g={g:.3}"),
            Self::NoFloor => "no-floor".into(),
            Self::ManyBlanks => "many-blanks".into(),
            Self::SelfSelected => "self-selected".into(),
            Self::Mixture => "mixture".into(),
        }
    }
}

/// Why there is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// Fewer than k respondents so far.
    TooFew,
    /// Nobody is satisfied and fewer than thirty answered: it would say what each of them answered.
    Unanimous,
    /// A factor of the definition has fewer than k respondents.
    FactorTooFew,
    /// Nobody was asked this.
    NotAsked,
    /// Too few for a part of their own: counted under "other", if anybody is there at all.
    Pooled,
    /// The answers of the period have not been cut into breakdowns, or are counted one level up.
    NotCut,
    /// The answers are points of criteria, which are no share of anything.
    InPoints,
}

impl Withheld {
    /// The word in exported files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooFew => "too-few",
            Self::Unanimous => "unanimous",
            Self::FactorTooFew => "factor-too-few",
            Self::NotAsked => "not-asked",
            Self::Pooled => "pooled",
            Self::NotCut => "not-cut",
            Self::InPoints => "in-points",
        }
    }
}
