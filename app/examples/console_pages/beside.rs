//! What stands beside an index without being one: points of criteria, and a series over versions.

use super::samples::{TOO_FEW, figure, words};
use domain::period::Period;
use domain::reading::{Figure, Reading};
use domain::report::NodeLine;
use domain::report::joined::{JoinedPoint, JoinedSeries};

/// A total and two criteria.
pub fn points() -> Vec<NodeLine> {
    let line = |code: &str, vi: &str, en: &str, depth, reading| NodeLine {
        code: code.into(),
        name: words(vi, en),
        depth,
        reading,
    };
    let of = |points: f64, most: f64| match figure(48, 100.0 * points / most) {
        Reading::Figure(share) => {
            let (low, high) = (share.low * most / 100.0, share.high * most / 100.0);
            Reading::Figure(Figure { index: points, low, high, ..share })
        }
        other @ Reading::Withheld(_) => other,
    };
    vec![
        line("all", "Toàn bộ", "The whole", 0, of(3.4, 4.0)),
        line("OS1", "Tổng thời gian", "Total time", 1, of(1.6, 2.0)),
        line("OS2", "Thời gian từng cơ quan", "Time of each agency", 1, TOO_FEW),
    ]
}

/// Two versions of three years.
pub fn joined() -> JoinedSeries {
    let point = |year, version, reading| JoinedPoint {
        period: Period::Year(year),
        survey: format!("Điều tra người dân {year}"),
        questions: (words("Người dân (hộ gia đình)", "Residents (households)"), version),
        reading,
    };
    JoinedSeries {
        items: vec![
            ("PA1".into(), words("Dễ tìm thông tin", "Easy to find")),
            ("SB4".into(), words("Đúng thời hạn", "Time limit as the rules set")),
        ],
        of: 39,
        points: vec![
            point(2022, 1, figure(310, 80.4)),
            point(2023, 2, TOO_FEW),
            point(2024, 2, figure(295, 83.9)),
        ],
    }
}
