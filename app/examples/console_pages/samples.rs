//! Made-up reports in the states that a reader can meet.

use super::{beside, certainty};
use domain::language::Words;
use domain::period::{Month, Period};
use domain::reading::{Caveat, Figure, Reading, Score, Withheld};
use domain::report::change::Changes;
use domain::report::{
    AgencyReport, Change, Comparison, FactLine, NodeChange, NodeLine, ReleaseStamp, ResponseRate, Setting,
    Span, Trend, TrustLine, UnitName, WithoutLine,
};
use domain::survey::{Mode, Trust};
use domain::unit::UnitKind;
use time::macros::date;

/// Vietnamese and English words.
pub fn words(vi: &str, en: &str) -> Words {
    Words { vi: vi.into(), en: Some(en.into()), km: None }
}

/// A figure around an index with n respondents, with a plain Wilson interval.
pub fn figure(n: u64, index: f64) -> Reading {
    let (n_f, p) = (n as f64, index / 100.0);
    let z2 = 3.84;
    let middle = (p + z2 / (2.0 * n_f)) / (1.0 + z2 / n_f);
    let half = (z2 * (p * (1.0 - p) / n_f + z2 / (4.0 * n_f * n_f))).sqrt() / (1.0 + z2 / n_f);
    let (low, high) = (100.0 * (middle - half), 100.0 * (middle + half));
    let mut caveats = vec![Caveat::SelfSelected, Caveat::Floor(0.424)];
    if n < 30 || high - low > 20.0 {
        caveats.push(Caveat::Indicative);
    } else if n < 60 {
        caveats.push(Caveat::FewRespondents);
    }
    if index >= 100.0 {
        caveats.push(Caveat::AllSatisfied);
    }
    Reading::Figure(Figure {
        n,
        answers: n * 13,
        index,
        low,
        high: high.min(100.0),
        se: (index < 100.0).then_some((high - low) / 3.92),
        df: n - 1,
        plain: (low, high.min(100.0)),
        score: Some(Score {
            n,
            mean: index * 0.9,
            low: low * 0.9,
            high: high.min(100.0) * 0.9,
            se: Some(1.2),
            df: n - 1,
        }),
        blank_share: 2.9,
        na_share: 1.1,
        caveats,
    })
}

/// Waits for k answers.
pub const TOO_FEW: Reading = Reading::Withheld(Withheld::TooFew);

pub fn stamp(number: u64) -> ReleaseStamp {
    ReleaseStamp { number, dated: date!(2026 - 10 - 05), head: "9c417be2d05f".into() }
}

/// What the pages of figures have in common.
pub fn setting(unit: UnitName) -> Setting {
    let month = |text: &str| text.parse::<Month>().ok();
    let this_month = month("2026-10").or(Month::new(2026, 10));
    let Some(this_month) = this_month else { unreachable!("October is a month") };
    Setting {
        unit,
        above: Vec::new(),
        province: words("Tỉnh Cà Mau", "Cà Mau province"),
        province_code: "96".into(),
        survey: "PS2026".into(),
        survey_name: "khảo sát sau giải quyết hồ sơ".into(),
        surveys: vec![
            ("PS2026".into(), "khảo sát sau giải quyết hồ sơ".into()),
            ("KIOSK2026".into(), "ki-ốt tại quầy".into()),
        ],
        demo: true,
        k: 10,
        definition: "composite".into(),
        period: Period::Quarter(2026, 3),
        periods: vec![
            Period::Quarter(2026, 3),
            Period::Quarter(2026, 2),
            Period::Year(2026),
            Period::Twelve(this_month),
            Period::Month(this_month),
        ],
        trust: Trust::Verified,
        trusts: vec![Trust::Verified, Trust::Open, Trust::Kiosk],
        release: Some(stamp(41)),
        releases: vec![stamp(41), stamp(40), stamp(39)],
        is_latest: true,
        waiting: Some(30),
        next_run: Some(date!(2026 - 10 - 12)),
        this_month,
    }
}

fn department(code: &str, vi: &str, en: &str) -> UnitName {
    UnitName { code: code.into(), name: words(vi, en), kind: UnitKind::Department, may_open: true }
}

/// A line of a level of trust.
pub fn line(trust: Trust, headline: Reading) -> TrustLine {
    let overall_only = trust == Trust::Kiosk;
    let response = headline.figure().filter(|_| !overall_only).map(|figure| rate(figure.n));
    TrustLine { trust, mixture: None, headline, overall_only, response }
}

/// So many answers among four thousand dossiers.
pub fn rate(answers: u64) -> ResponseRate {
    let month = |number| Month::new(2026, number).unwrap_or_else(|| unreachable!("a month of the samples"));
    ResponseRate {
        from: month(1),
        through: month(9),
        months_known: 8,
        months: 9,
        answers,
        dossiers: 4_120,
        percent: (answers as f64 / 41.2).min(100.0),
        exceeds: answers > 4_120,
    }
}

fn node(code: &str, vi: &str, en: &str, depth: u8, reading: Reading) -> NodeLine {
    NodeLine { code: code.into(), name: words(vi, en), depth, reading }
}

fn nodes() -> Vec<NodeLine> {
    vec![
        node("all", "Toàn bộ", "Overall index", 0, figure(412, 84.5)),
        node("SA", "Tiếp cận dịch vụ", "Access", 1, figure(410, 87.6)),
        node("SA1", "Biển báo, chỉ dẫn dễ tìm", "Signs easy to find", 2, figure(405, 90.6)),
        node("SA2", "Đủ ghế ngồi, bàn viết", "Enough seats and desks", 2, figure(401, 86.5)),
        node("SA3", "Thiết bị đầy đủ, dễ dùng", "Equipment complete and easy", 2, figure(388, 85.6)),
        node("SB", "Thủ tục hành chính", "Procedures", 1, figure(411, 83.8)),
        node("SB1", "Quy định niêm yết dễ thấy, dễ đọc", "Rules posted and readable", 2, figure(399, 86.0)),
        node("SB2", "Giấy tờ đúng như quy định", "Papers as the rules say", 2, figure(406, 82.8)),
        node("SB3", "Phí, lệ phí đúng quy định", "Fees as the rules say", 2, figure(34, 100.0)),
        node("SB4", "Thời hạn đúng quy định", "Time limit as the rules say", 2, figure(398, 73.9)),
        node("SC", "Công chức", "Staff", 1, figure(411, 85.4)),
        node("SC1", "Thái độ lịch sự, tôn trọng", "Polite and respectful", 2, figure(408, 90.9)),
        node(
            "SC2",
            "Hướng dẫn dễ hiểu, đi một lần là đủ",
            "Clear guidance, one visit enough",
            2,
            figure(407, 77.4),
        ),
        node("SC3", "Làm đúng quy định", "Acts by the rules", 2, figure(396, 87.9)),
        node("SD", "Kết quả", "Result", 1, figure(409, 81.5)),
        node("SD1", "Trả kết quả đúng hẹn", "Result on time", 2, figure(402, 73.1)),
        node(
            "SD2",
            "Thông tin trên kết quả đầy đủ, đúng",
            "Result complete and correct",
            2,
            figure(45, 87.0),
        ),
        node("SD3", "Kết quả công bằng", "Result fair", 2, TOO_FEW),
    ]
}

fn facts() -> Vec<FactLine> {
    let fact =
        |code: &str, text: Words, shares: Vec<(Words, Reading)>| FactLine { code: code.into(), text, shares };
    vec![
        fact(
            "T1",
            words("Ông/bà phải đi lại mấy lần?", "How many visits?"),
            vec![
                (words("Một lần", "One"), figure(401, 61.6)),
                (words("Hai lần", "Two"), figure(401, 28.2)),
                (words("Ba lần trở lên", "Three or more"), figure(401, 10.2)),
            ],
        ),
        fact(
            "T2",
            words("Có bị đòi thêm giấy tờ hoặc tiền không?", "Were extra papers or money demanded?"),
            vec![
                (words("Không", "No"), figure(398, 86.2)),
                (words("Giấy tờ", "Papers"), figure(398, 5.5)),
                (words("Tiền", "Money"), figure(398, 2.5)),
                (words("Không muốn nói", "Rather not say"), figure(398, 4.0)),
            ],
        ),
        fact(
            "T3",
            words("Kết quả có đúng hẹn không?", "Was the result on time?"),
            vec![
                (words("Đúng hẹn hoặc sớm hơn", "On time or earlier"), figure(402, 75.9)),
                (words("Trễ, có xin lỗi", "Late, with an apology"), figure(402, 10.2)),
                (words("Trễ, không xin lỗi", "Late, without an apology"), figure(402, 13.9)),
            ],
        ),
    ]
}

fn sides() -> Vec<NodeLine> {
    vec![
        node("all", "Toàn bộ dịch vụ", "Whole service", 0, figure(412, 84.5)),
        node("deciding", "Về cơ quan giải quyết", "About the agency", 1, figure(412, 83.0)),
        node("receiving", "Về nơi tiếp nhận", "About the counter", 1, figure(411, 86.2)),
    ]
}

/// The page in its best state.
pub fn full() -> AgencyReport {
    AgencyReport {
        setting: setting(department(
            "SNNMT",
            "Sở Nông nghiệp và Môi trường",
            "Department of Agriculture and Environment",
        )),
        told: vec![
            line(Trust::Verified, figure(412, 84.5)),
            line(Trust::UnitIssued, TOO_FEW),
            line(Trust::Open, figure(96, 82.3)),
            line(Trust::Kiosk, figure(72, 94.4)),
        ],
        nodes: nodes(),
        overall: vec![
            (Trust::Verified, figure(410, 85.1)),
            (Trust::Open, figure(95, 83.2)),
            (Trust::Kiosk, figure(72, 94.4)),
        ],
        points: beside::points(),
        joined: Some(beside::joined()),
        sides: sides(),
        facts: facts(),
        modes: vec![(Mode::Slip, 300), (Mode::Link, 112)],
        not_done: Some(figure(24, 58.3)),
        gap: None,
        weakest: None,
        received: None,
        tenure: domain::report::Tenure::default(),
        certainty: Some(Box::new(certainty::found())),
        without: vec![WithoutLine {
            trust: Trust::Open,
            full: figure(134, 90.3),
            without: figure(100, 87.0),
            excluded: 34,
        }],
        change: changes(),
    }
}

/// A change of so many points.
pub fn change(trend: Trend, points: f64) -> Change {
    Change { trend, points, low: points - 6.2, high: points + 7.0 }
}

fn changes() -> Changes {
    let year = |year| Span::Whole(Period::Quarter(year, 3));
    let same_months = Comparison {
        now: (year(2026), figure(412, 84.5)),
        then: (year(2025), figure(188, 80.9)),
        change: Some(change(Trend::Even, 3.6)),
        together: 58,
    };
    let months = |text: &str| text.parse::<Month>().ok().or(Month::new(2026, 9));
    let (Some(first), Some(last)) = (months("2025-11"), months("2026-09")) else { unreachable!("months") };
    let rolling = Comparison {
        now: (Span::Months(first, last), figure(1406, 84.6)),
        then: (Span::Months(first.plus(-12), last.plus(-12)), TOO_FEW),
        change: None,
        together: 0,
    };
    let node = |code: &str, name: Words, depth, found: Option<Change>| NodeChange {
        code: code.into(),
        name,
        depth,
        readings: (figure(188, 80.2), figure(410, 87.6)),
        change: found,
    };
    let nodes = vec![
        node("SA", words("Tiếp cận dịch vụ", "Access"), 1, Some(change(Trend::Up, 7.4))),
        node("SD", words("Kết quả", "Result"), 1, Some(change(Trend::Even, -1.2))),
        node("SD1", words("Trả kết quả đúng hẹn", "Result on time"), 2, Some(change(Trend::Down, -9.3))),
        node("SD3", words("Kết quả công bằng", "Result fair"), 2, None),
    ];
    Changes { same_months: Some(same_months), rolling: Some(rolling), nodes }
}

/// Few verified answers, more of another level.
pub fn few() -> AgencyReport {
    AgencyReport {
        told: vec![line(Trust::Verified, figure(24, 79.2)), line(Trust::Open, figure(61, 85.2))],
        nodes: vec![
            node("all", "Toàn bộ", "Overall index", 0, figure(24, 79.2)),
            node("SA", "Tiếp cận dịch vụ", "Access", 1, figure(24, 83.3)),
            node("SD", "Kết quả", "Result", 1, Reading::Withheld(Withheld::Unanimous)),
        ],
        overall: vec![(Trust::Verified, figure(24, 79.2)), (Trust::Open, figure(61, 85.2))],
        points: Vec::new(),
        joined: None,
        sides: Vec::new(),
        facts: Vec::new(),
        modes: vec![(Mode::Slip, 24)],
        not_done: Some(TOO_FEW),
        gap: None,
        weakest: None,
        received: None,
        tenure: domain::report::Tenure::default(),
        certainty: Some(Box::new(certainty::missing())),
        without: Vec::new(),
        change: Changes::default(),
        ..full()
    }
}

/// Nothing reaches the threshold.
pub fn withheld() -> AgencyReport {
    AgencyReport {
        told: vec![line(Trust::Verified, TOO_FEW), line(Trust::Open, TOO_FEW)],
        nodes: vec![node("all", "Toàn bộ", "Overall index", 0, TOO_FEW)],
        overall: vec![(Trust::Verified, TOO_FEW)],
        points: Vec::new(),
        joined: None,
        sides: Vec::new(),
        facts: Vec::new(),
        modes: Vec::new(),
        not_done: None,
        gap: None,
        weakest: None,
        received: None,
        tenure: domain::report::Tenure::default(),
        certainty: None,
        without: Vec::new(),
        change: Changes::default(),
        ..full()
    }
}

/// Another level leads, because the verified answers wait.
pub fn other_leads() -> AgencyReport {
    let mut report = full();
    report.told = vec![
        line(Trust::Verified, TOO_FEW),
        line(Trust::Open, figure(119, 88.1)),
        line(Trust::Kiosk, figure(300, 95.0)),
    ];
    report.setting.trust = Trust::Open;
    report.certainty = Some(Box::new(certainty::other()));
    report
}

/// Before the first release.
pub fn unreleased() -> AgencyReport {
    let mut report = withheld();
    report.setting.release = None;
    report.setting.releases = Vec::new();
    report.told = Vec::new();
    report
}

/// Everybody is satisfied.
pub fn unanimous() -> AgencyReport {
    let mut report = full();
    report.told = vec![line(Trust::Verified, figure(34, 100.0)), line(Trust::Open, figure(12, 100.0))];
    for node in &mut report.nodes {
        node.reading = figure(34, 100.0);
    }
    report
}

/// An imported mixture stands apart; an older release is shown.
pub fn mixture() -> AgencyReport {
    let mut report = full();
    report.told.push(TrustLine {
        trust: Trust::Open,
        mixture: Some("Khảo sát của tỉnh 2025".into()),
        headline: figure(215, 80.9),
        overall_only: false,
        response: None,
    });
    report.setting.is_latest = false;
    report.setting.release = Some(stamp(40));
    report
}
