//! Made-up pages of a province's analysis and of the planner.

use super::pages::frame;
use super::provinces;
use super::samples::{TOO_FEW, figure};
use app::console::{Frame, render_analysis, render_planner};
use domain::language::Language;
use domain::period::{Month, Period};
use domain::report::analysis::{
    Alarm, Alarms, AnalysisReport, Converted, Covariate, Difference, Differences, KindAnalysis, LeftOut,
    Limits, Modelled, ModelledClass, Ranked, Ranking, Series, SeriesOf, SeriesPoint, Simulated, Step, Watch,
};
use domain::report::planner::{Leaving, Needs, NotShared, Plan, PlanLine, PlannerReport, Sharing};
use domain::report::{KindGroup, Trend, UnitLine};
use domain::unit::UnitKind;
use time::macros::date;

const SIMULATED: Simulated = Simulated { draws: 100_000, seed: 2_621_177_826 };

/// The pages: name, document.
pub fn all(language: Language) -> Vec<(&'static str, String)> {
    let mut ranked = frame(language, "/p/96/analysis");
    ranked.here = ranked.here.with("ranks", "1").with("max", "10");
    let analysis = |report: &AnalysisReport, frame: &Frame| render_analysis(report, frame);
    let plain = frame(language, "/p/96/analysis");
    let planner = frame(language, "/planner");
    vec![
        ("analysis", analysis(&report(false), &plain)),
        ("analysis-ranks", analysis(&report(true), &ranked)),
        ("analysis-auditor", analysis(&bare(), &plain)),
        ("planner", render_planner(&plan(), &planner)),
        ("planner-unknown", render_planner(&unplanned(), &planner)),
    ]
}

fn difference(line: &UnitLine, peers: f64) -> Option<Difference> {
    let found = line.headline.figure()?;
    let points = found.index - peers;
    let reach = 1.6 * (found.high - found.low) / 2.0;
    Some(Difference {
        unit: line.unit.clone(),
        headline: line.headline.clone(),
        points,
        low: points - reach,
        high: points + 0.8 * reach,
        band: line.band?,
    })
}

fn ranking(lines: &[Difference]) -> Ranking {
    let index = |line: &Difference| line.headline.figure().map_or(0.0, |figure| figure.index);
    let ranked = |line: &Difference| {
        let place = 1 + lines.iter().filter(|other| index(other) > index(line)).count();
        let found = line.headline.figure();
        Ranked {
            unit: line.unit.clone(),
            headline: line.headline.clone(),
            place,
            first: place.saturating_sub(7).max(1),
            last: (place + 9).min(lines.len()),
            converted: found.map(|figure| Converted {
                points: figure.index / 10.0,
                low: figure.low / 10.0,
                high: figure.high / 10.0,
            }),
        }
    };
    let placed = lines.iter().skip(2).map(ranked).collect();
    let out = lines.iter().take(2).map(|line| (line.unit.clone(), LeftOut::Tied)).collect();
    Ranking { units: placed, left_out: out, critical: (3.31, 3.12), steps: 4, simulated: SIMULATED }
}

fn kind(group: &KindGroup, ranks: bool) -> KindAnalysis {
    let peers = group.together.figure().map_or(0.0, |figure| figure.index);
    let units: Vec<Difference> = group.units.iter().filter_map(|line| difference(line, peers)).collect();
    let left = group.units.iter().filter(|line| line.band.is_none()).map(|line| {
        let why = if line.headline.figure().is_some() { LeftOut::TooFew } else { LeftOut::NoFigure };
        (line.unit.clone(), why)
    });
    KindAnalysis {
        kind: group.kind,
        units: group.units.len(),
        peers: group.together.clone(),
        left_out: left.collect(),
        ranking: ranks.then(|| ranking(&units)),
        differences: Some(Differences {
            units,
            margin: 2.0,
            visible: group.banding.as_ref().map(|found| found.visible.clone()).unwrap_or_default(),
            critical: 3.16,
            each: 99.83,
            simulated: SIMULATED,
        }),
    }
}

fn series() -> Series {
    let months = (0..12).filter_map(|at| Some((at, Month::new(2025, 10)?.plus(at))));
    let point = |(at, month): (i32, Month)| {
        let share = [84.0, 85.2, 83.1, 86.4, 0.0, 84.4, 85.9, 83.8, 71.2, 84.9, 86.0, 85.1];
        let share = share[usize::try_from(at).unwrap_or_default() % 12];
        let gap = at == 4;
        let outside = if at == 8 { Trend::Down } else { Trend::Even };
        SeriesPoint {
            period: Period::Month(month),
            reading: if gap { TOO_FEW } else { figure(140, share) },
            limits: (!gap).then_some(Limits { low: 75.4, high: 93.4, outside }),
        }
    };
    Series {
        of: SeriesOf::Kind(UnitKind::Commune),
        step: Step::Month,
        points: months.map(point).collect(),
        centre: Some(84.4),
        spread: Some(1.4),
    }
}

fn alarms(communes: &KindGroup) -> Alarms {
    let alarm = |line: &UnitLine| Alarm {
        unit: line.unit.clone(),
        from: (31, date!(2026 - 08 - 03)),
        at: (38, date!(2026 - 09 - 21)),
        overall: figure(64, 68.8),
    };
    Alarms {
        watch: Some(Watch {
            target: 85.0,
            fallen: 75.0,
            threshold: 8.114,
            false_alarms: 0.92,
            units: 71,
            releases: 58,
            simulated: Simulated { draws: 400, seed: SIMULATED.seed },
        }),
        units: communes.units.iter().skip(11).take(2).map(alarm).collect(),
        is_declared: true,
    }
}

fn modelled(communes: &KindGroup) -> Modelled {
    let small = communes.units.iter().filter(|line| line.band.is_none() && line.headline.figure().is_some());
    let class = |at: usize| match at % 4 {
        0 => ModelledClass::Below,
        1 => ModelledClass::Above,
        _ => ModelledClass::Around,
    };
    Modelled {
        units: small.enumerate().map(|(at, line)| (line.unit.clone(), class(at))).collect(),
        fitted: 62,
        margin: 2.0,
        covariates: vec![Covariate::Online, Covariate::Late, Covariate::Ward],
    }
}

fn report(ranks: bool) -> AnalysisReport {
    let province = provinces::province();
    let groups: Vec<KindAnalysis> = province.groups.iter().map(|group| kind(group, ranks)).collect();
    let communes = &province.groups[1];
    let units = communes.units.iter().filter(|line| line.headline.figure().is_some());
    let choices = [UnitKind::Commune, UnitKind::Department].map(SeriesOf::Kind).into_iter();
    AnalysisReport {
        setting: province.setting.clone(),
        kind: None,
        groups,
        ranks,
        most: ranks.then_some(10.0),
        series: Some(series()),
        joined: None,
        choices: choices.chain(units.map(|line| SeriesOf::Unit(line.unit.clone()))).collect(),
        alarms: alarms(communes),
        modelled: Some(modelled(communes)),
    }
}

/// For a reader who may not see modelled units, before a target is declared and with nothing to compare.
fn bare() -> AnalysisReport {
    let mut bare = report(false);
    (bare.modelled, bare.alarms) = (None, Alarms::default());
    for group in &mut bare.groups {
        group.differences = None;
    }
    bare
}

const PLAN: Plan = Plan {
    kind: UnitKind::Commune,
    difference: 5.0,
    power: 80.0,
    precision: 5.0,
    total: None,
    sharing: Sharing::SquareRoot,
    least: 60,
};

fn plan() -> PlannerReport {
    let province = provinces::province();
    let line = |(at, line): (u64, &UnitLine)| PlanLine {
        unit: line.unit.clone(),
        headline: line.headline.clone(),
        have: line.headline.figure().map_or(4, |figure| figure.n),
        dossiers: (at % 9 != 4).then_some(700 + 61 * at),
        precise: Some(180 + at),
        yamane: Some(255 + at),
        leaving: match at % 6 {
            0 => Leaving::NotCompared,
            1 => Leaving::Left,
            2 => Leaving::Within,
            3 => Leaving::OutOfReach,
            _ => Leaving::Answers(900 + 13 * at),
        },
        share: (at % 9 != 4).then_some(120 + 2 * at),
    };
    let units = (0..).zip(&province.groups[1].units).map(line).collect();
    PlannerReport {
        setting: province.setting,
        plan: PLAN,
        peers: figure(8013, 86.9),
        needs: Some(Needs {
            index: 86.9,
            effect: 0.52,
            between_two: Some(424),
            below: Some(1_873),
            above: None,
            precise: Some(92),
            yamane: Some(398),
            margin: 2.0,
            together: 41,
        }),
        units,
        total: 10_240,
        not_shared: None,
    }
}

/// Before any figure and any dossier.
fn unplanned() -> PlannerReport {
    let mut unknown = plan();
    (unknown.needs, unknown.not_shared, unknown.peers) = (None, Some(NotShared::NoDossiers), TOO_FEW);
    for line in &mut unknown.units {
        (line.headline, line.have, line.leaving) = (TOO_FEW, 0, Leaving::NotCompared);
        (line.dossiers, line.share, line.yamane, line.precise) = (None, None, None, None);
    }
    unknown
}
