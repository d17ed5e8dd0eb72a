//! What those could change who gave no answer (statistics.md 4, "Always beside").

use super::Year;
use super::fields::Fields;
use domain::reading::Caveat;
use domain::report::certainty::{Evenness, Found, Missing, Silence, Target, Turning};
use stats::estimate::binary_variance;
use stats::nonresponse::{Cell, Tipping, bounds_of_share, representativity, tipping};

/// The targets of which it is said what they take, in per cent: what the reform plans of provinces
/// usually set themselves. A unit's own target is no setting yet.
const TARGETS: [f64; 2] = [80.0, 90.0];

pub(super) fn silence(year: &Year<'_>, fields: &Fields) -> Found<Silence> {
    let rate = year.population.rate(year.level, &[year.unit.id]).ok_or(Missing::NoDossiers)?;
    if rate.exceeds {
        return Err(Missing::MoreAnswers);
    }
    let reading = year.headline();
    let figure = reading.figure().ok_or(Missing::NoFigure)?;
    // The lower end of what is certain would be the response rate itself, and tell what everybody said.
    if figure.caveats.contains(&Caveat::AllSatisfied) {
        return Err(Missing::AllSatisfied);
    }
    let (share, part) = (figure.index / 100.0, rate.percent / 100.0);
    let bounds = bounds_of_share(share, part).ok_or(Missing::NoFigure)?;
    let n = i64::try_from(figure.n).unwrap_or(i64::MAX);
    // Two bounds hold at once; where the fields answered very unevenly the plain one is the narrower.
    let reach = 100.0 * (share - bounds.low).max(bounds.high - share);
    let evenness = evenness(fields, binary_variance(share, n))
        .map(|found| Evenness { bias: found.bias.min(reach), ..found });
    let targets = TARGETS.into_iter().filter_map(|percent| {
        let turning = match tipping(share, part, percent / 100.0)? {
            Tipping::Safe => Turning::Safe,
            Tipping::At(others) => Turning::At(100.0 * others),
            Tipping::OutOfReach => Turning::OutOfReach,
        };
        Some(Target { percent, turning })
    });
    let targets = targets.collect();
    let bounds = (100.0 * bounds.low, 100.0 * bounds.high);
    Ok(Silence { rate, reading, bounds, evenness, targets })
}

/// Over the fields with dossiers; one alone cannot be uneven. A composite of shares varies no more
/// between people than a yes or no with the same mean does.
fn evenness(fields: &Fields, variance: Option<f64>) -> Found<Evenness> {
    let cell = |cell: &super::fields::FieldCell| Cell {
        dossiers: cell.dossiers,
        responses: cell.combined.whole().map_or(0, |tally| tally.n),
    };
    let cells: Vec<Cell> = fields.cells.iter().filter(|cell| cell.dossiers > 0).map(cell).collect();
    if cells.len() < 2 {
        return Err(Missing::NoParts);
    }
    let found = representativity(&cells).ok_or(Missing::NoDossiers)?;
    let bias = variance.and_then(|variance| found.bias_bound(variance.sqrt())).ok_or(Missing::NoFigure)?;
    Ok(Evenness { fields: cells.len() as u64, indicator: found.r_indicator, bias: 100.0 * bias })
}
