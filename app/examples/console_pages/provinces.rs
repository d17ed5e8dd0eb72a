//! Made-up pages of a province.

use super::samples::{TOO_FEW, change, figure, line, rate, setting, words};
use domain::language::Words;
use domain::map::{CA_MAU, ProvinceMap};
use domain::period::Period;
use domain::reading::{Reading, Withheld};
use domain::report::{
    Band, Banding, Coverage, KindGroup, Order, ProvinceReport, Span, Trend, UnitLine, UnitName, Visible,
    WithoutLine,
};
use domain::survey::Trust;
use domain::unit::UnitKind;
use std::sync::Arc;
use time::macros::date;

/// The communes that ship with the product: code, name.
fn communes() -> Vec<(&'static str, &'static str)> {
    let list = include_str!("../../units/ca_mau_2025.csv");
    let row = |line: &'static str| {
        let mut cells = line.split(',');
        let (code, _, level, name) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
        (level == "commune").then_some((code, name))
    };
    list.lines().filter_map(row).collect()
}

fn unit_line(code: String, name: &str, kind: UnitKind, n: u64, index: f64) -> UnitLine {
    let unit = UnitName { code, name: Words::vi(name), kind, may_open: !n.is_multiple_of(7) };
    if n < 10 {
        return UnitLine { unit, headline: TOO_FEW, overall: TOO_FEW, band: None, change: None };
    }
    let band = match index {
        _ if n < 60 => None,
        index if index > 94.0 => Some(Band::Above),
        index if index < 78.0 => Some(Band::Below),
        _ => Some(Band::Even),
    };
    let (trend, points) = match n % 31 {
        1 => (Trend::Up, 9.1),
        2 => (Trend::Down, -8.4),
        _ => (Trend::Even, 0.7),
    };
    UnitLine {
        unit,
        headline: figure(n, index),
        overall: figure(n, (index + 1.0).min(100.0)),
        band,
        change: (n >= 60).then(|| change(trend, points)),
    }
}

fn banding(units: &[UnitLine], peers: Reading) -> Banding {
    let row = |n, below, above| Visible { n, below: Some(below), above };
    Banding {
        units: units.iter().filter(|unit| unit.band.is_some()).count(),
        margin: 2.0,
        peers,
        shift: 0.34,
        visible: vec![row(60, 17.2, None), row(117, 12.6, Some(10.4)), row(293, 8.9, Some(7.7))],
    }
}

fn group(kind: UnitKind, units: Vec<UnitLine>, together: Reading) -> KindGroup {
    let banding = banding(&units, together.clone());
    KindGroup { kind, units, together, banding: Some(banding), elsewhere: 0 }
}

/// The whole province.
#[expect(clippy::too_many_lines, reason = "one made-up page, to be read as it is drawn")]
pub fn province() -> ProvinceReport {
    let communes = communes().into_iter().zip(0u32..).map(|((code, name), at)| {
        let n = u64::from(at * 37 % 290) + 4;
        let index = if at == 9 { 95.5 } else { f64::from(77 + at * 13 % 15) };
        unit_line(code.to_owned(), name, UnitKind::Commune, n, index)
    });
    let departments = [
        ("Sở Công Thương", 96, 84.4),
        ("Sở Dân tộc và Tôn giáo", 43, 83.7),
        ("Sở Ngoại vụ", 4, 0.0),
        ("Sở Nông nghiệp và Môi trường", 412, 84.5),
        ("Sở Văn hóa, Thể thao và Du lịch", 71, 84.5),
        ("Sở Xây dựng", 318, 77.4),
        ("Văn phòng Ủy ban nhân dân tỉnh", 45, 100.0),
    ]
    .into_iter()
    .enumerate()
    .map(|(at, (name, n, index))| unit_line(format!("S{at}"), name, UnitKind::Department, n, index));
    ProvinceReport {
        rates: [("S3".to_owned(), rate(412)), ("S5".to_owned(), rate(5_118))].into(),
        coverage: Some(Coverage { percent: 96.4, dossiers: 214_377, units_unknown: 3 }),
        setting: setting(UnitName {
            code: "96".into(),
            name: words("Tỉnh Cà Mau", "Cà Mau province"),
            kind: UnitKind::Province,
            may_open: true,
        }),
        told: vec![
            line(Trust::Verified, figure(9721, 86.6)),
            line(Trust::Open, figure(2186, 85.3)),
            line(Trust::Kiosk, figure(1634, 93.1)),
        ],
        groups: vec![
            group(UnitKind::Department, departments.collect(), figure(1708, 85.4)),
            group(UnitKind::Commune, communes.collect(), figure(8013, 86.9)),
        ],
        order: Order::Official,
        kind: None,
        field: None,
        fields: vec![
            ("dat-dai".into(), words("Đất đai", "Land")),
            ("ho-tich".into(), words("Hộ tịch", "Civil status")),
        ],
        as_of: date!(2026 - 09 - 30),
        began: date!(2026 - 07 - 01),
        without: vec![WithoutLine {
            trust: Trust::Verified,
            full: figure(9721, 86.6),
            without: figure(9614, 86.4),
            excluded: 107,
        }],
        then: Some(Span::Whole(Period::Quarter(2025, 3))),
        map: ProvinceMap::read(CA_MAU).ok().map(Arc::new),
    }
}

/// The province in the order of the values, communes alone, at a level of trust that is self-selected.
pub fn by_value() -> ProvinceReport {
    let mut report = province();
    report.order = Order::ByIndex;
    report.kind = Some(UnitKind::Commune);
    report.setting.trust = Trust::Open;
    report.groups.retain(|group| group.kind == UnitKind::Commune);
    report
}

/// Dossiers of one field: parts, without bands and changes, some of them withheld; and units that
/// have ended.
pub fn field() -> ProvinceReport {
    let mut report = province();
    report.field = Some("dat-dai".into());
    report.then = None;
    for group in &mut report.groups {
        group.banding = None;
        group.elsewhere = 3;
        for (at, unit) in group.units.iter_mut().enumerate() {
            (unit.band, unit.change) = (None, None);
            match at % 4 {
                0 => unit.headline = Reading::Withheld(Withheld::Pooled),
                1 => unit.headline = Reading::Withheld(Withheld::NotCut),
                _ => {}
            }
        }
    }
    report
}

/// The province before anything reaches the threshold.
pub fn withheld() -> ProvinceReport {
    let mut report = province();
    report.told = vec![line(Trust::Verified, TOO_FEW)];
    (report.then, report.fields, report.without) = (None, Vec::new(), Vec::new());
    for group in &mut report.groups {
        group.together = TOO_FEW;
        group.banding = None;
        for unit in &mut group.units {
            (unit.headline, unit.overall) = (TOO_FEW, TOO_FEW);
            (unit.band, unit.change) = (None, None);
        }
    }
    report
}
