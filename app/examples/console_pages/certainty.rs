//! What opens below "How sure is this figure?", in the states that a reader can meet.

use super::samples::{figure, rate, words};
use domain::language::Words;
use domain::period::Month;
use domain::reading::{Reading, Withheld};
use domain::report::PartName;
use domain::report::certainty::{
    Agreement, Certainty, Driver, Drivers, Evenness, FieldLine, Ladder, Missing, Months, Punctuality,
    Quadrant, Reliability, Silence, Target, Turning, Weighted,
};

fn months() -> Months {
    let month = |number| Month::new(2026, number).unwrap_or_else(|| unreachable!("a month of the samples"));
    (month(1), month(9))
}

fn driver(code: &str, name: Words, importance: f64, score: f64, quadrant: Quadrant) -> Driver {
    let reading = figure(1_180, score + 4.0);
    Driver { code: code.into(), name, importance, weight: importance - 0.6, reading, score, quadrant }
}

fn drivers() -> Drivers {
    let factors = vec![
        driver("SA", words("Tiếp cận dịch vụ", "Access"), 14.2, 83.0, Quadrant::Fine),
        driver("SB", words("Thủ tục hành chính", "Procedures"), 22.7, 79.4, Quadrant::Later),
        driver("SC", words("Công chức", "Staff"), 30.8, 82.1, Quadrant::Keep),
        driver("SD", words("Kết quả", "Result"), 32.3, 77.5, Quadrant::First),
    ];
    Drivers { respondents: 1_102, explained: 68.4, even: false, middle: (25.0, 80.5), factors }
}

fn reliability() -> Reliability {
    let (interval, omega) = (Some((0.96, 0.97)), Some(0.97));
    Reliability { respondents: 1_004, items: 13, alpha: 0.966, interval, omega, against: Vec::new() }
}

fn field(name: PartName, answers: (u64, f64), dossiers: (u64, f64)) -> FieldLine {
    let exceeds = answers.0 > dossiers.0;
    let (answers, answers_percent, dossiers, dossiers_percent) =
        (answers.0, answers.1, dossiers.0, dossiers.1);
    FieldLine { name, answers, answers_percent, dossiers, dossiers_percent, exceeds }
}

fn data(vi: &str, en: &str) -> PartName {
    PartName::Data(words(vi, en))
}

fn ladder() -> Ladder {
    let weighted = |index, coverage| Weighted { reading: figure(940, index), coverage, capped: Vec::new() };
    Ladder {
        months: months(),
        all: figure(1_180, 84.1),
        divided: figure(940, 84.6),
        weighted: Ok(Weighted {
            capped: vec![data("Môi trường", "Environment")], ..weighted(82.3, 96.0)
        }),
        standard: Err(Missing::LittleCovered(31.0)),
        fields: vec![
            field(data("Đất đai", "Land"), (310, 33.0), (2_480, 60.2)),
            field(data("Chăn nuôi, thú y", "Livestock"), (402, 42.8), (910, 22.1)),
            field(data("Môi trường", "Environment"), (150, 16.0), (120, 2.9)),
            field(PartName::Pooled, (78, 8.3), (610, 14.8)),
        ],
        unnamed: vec![data("Lâm nghiệp", "Forestry"), data("Thủy lợi", "Irrigation")],
    }
}

fn silence() -> Silence {
    let target = |percent, turning| Target { percent, turning };
    Silence {
        rate: rate(1_180),
        reading: figure(1_180, 84.1),
        bounds: (24.1, 95.5),
        evenness: Ok(Evenness { fields: 4, indicator: 0.81, bias: 5.9 }),
        targets: vec![target(80.0, Turning::At(78.4)), target(90.0, Turning::At(92.3))],
    }
}

fn punctuality() -> Punctuality {
    Punctuality {
        months: months(),
        said: figure(1_121, 24.1),
        recorded: 2.4,
        late: 99,
        dated: 4_120,
        agreement: Agreement::MoreSaid,
    }
}

/// Everything is known.
pub fn found() -> Certainty {
    Certainty {
        year: 2026,
        drivers: Ok(drivers()),
        reliability: Ok(reliability()),
        ladder: Ok(ladder()),
        silence: Ok(silence()),
        punctuality: Ok(punctuality()),
    }
}

/// Too little is known.
pub fn missing() -> Certainty {
    Certainty {
        year: 2026,
        drivers: Err(Missing::TooFew(82)),
        reliability: Err(Missing::TooFew(60)),
        ladder: Err(Missing::NoParts),
        silence: Err(Missing::NoDossiers),
        punctuality: Err(Missing::NoDates),
    }
}

/// The other things that can be said.
pub fn other() -> Certainty {
    let mut found = found();
    if let Ok(drivers) = &mut found.drivers {
        drivers.factors.retain(|factor| factor.quadrant != Quadrant::First);
        drivers.even = true;
    }
    if let Ok(reliability) = &mut found.reliability {
        (reliability.alpha, reliability.interval, reliability.omega) = (0.64, None, None);
        reliability.against = vec![words("Đủ ghế ngồi, bàn viết", "Enough seats and desks")];
    }
    if let Ok(ladder) = &mut found.ladder {
        (ladder.weighted, ladder.standard) = (Err(Missing::LittleCovered(44.0)), ladder.weighted.clone());
    }
    if let Ok(silence) = &mut found.silence {
        silence.evenness = Err(Missing::NoParts);
        silence.targets[0].turning = Turning::Safe;
        silence.targets[1].turning = Turning::OutOfReach;
    }
    if let Ok(punctuality) = &mut found.punctuality {
        punctuality.said = Reading::Withheld(Withheld::TooFew);
        punctuality.agreement = Agreement::Unknown;
    }
    found
}
