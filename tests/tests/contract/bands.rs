//! From cells to bands, parts and changes, on both engines: who is compared with whom, over how
//! many, and what is not said.

use domain::id::UnitId;
use domain::period::Month;
use domain::reading::{Reading, Withheld};
use domain::report::{Band, KindGroup, ProvinceReport, Span, Trend};
use domain::scope::Scope;
use domain::survey::{Mode, Route, Trust, Variant};
use domain::tally::Answer;
use domain::tally::layout::items_of;
use tests::desk::Desk;
use tests::process::Engine;
use time::macros::{date, datetime};
use usecase::UsecaseError;
use usecase::figures::{ProvinceView, Question, read_agency, read_province};
use usecase::fold::fold_due;
use usecase::margin::set_margin;
use usecase::open_survey::{NewSurvey, open_survey};
use usecase::record::{Flag, Kept, KeptText};

pub(super) struct Hall {
    pub(super) desk: Desk,
    pub(super) survey: &'static str,
}

impl Hall {
    pub(super) async fn open(engine: Engine, seed: u8) -> Self {
        let desk = Desk::open(engine, seed).await;
        fold_due(&desk.office, desk.tenant).await.unwrap();
        Self { desk, survey: tests::desk::SURVEY }
    }

    /// People who are satisfied with everything, and people who are with nothing.
    pub(super) async fn people(
        &self,
        unit: UnitId,
        (glad, sorry): (usize, usize),
        trust: Trust,
        field: &str,
    ) {
        let province = self.desk.province();
        let survey = province.survey(self.survey).unwrap();
        let instrument = &survey.questions.instrument;
        let kept = |level: u8| Kept {
            deciding: unit,
            receiving: unit,
            touchpoint: None,
            import: None,
            month: None,
            helper: None,
            mode: if trust == Trust::Open { Mode::Poster } else { Mode::Slip },
            trust,
            variant: Variant::Full,
            route: Route::DoneInPerson,
            flag: Flag::None,
            field: field.to_owned(),
            overall: Answer::Level(level),
            items: items_of(instrument)
                .map(|item| if item.only_if.is_none() { Answer::Level(level) } else { Answer::NotAsked })
                .collect(),
            choices: vec![None; instrument.questions.len()],
        };
        let (office, tenant) = (&self.desk.office, self.desk.tenant);
        let text = KeptText { unit, month: Month::of(office.today()), mood: 3, text: String::new() };
        let levels = std::iter::repeat_n(5, glad).chain(std::iter::repeat_n(1, sorry));
        let sealed: Vec<_> = levels
            .map(|level| {
                usecase::submit::seal(office, tenant, survey.survey.id, None, &kept(level), &text).unwrap()
            })
            .collect();
        office.store.keep(&sealed).await.unwrap();
    }

    pub(super) async fn verified(&self, unit: UnitId, glad: usize, sorry: usize) {
        self.people(unit, (glad, sorry), Trust::Verified, "").await;
    }

    pub(super) async fn fold(&self, now: time::OffsetDateTime) {
        self.desk.set_clock(now);
        fold_due(&self.desk.office, self.desk.tenant).await.unwrap();
    }

    async fn see(&self, period: &str, view: &ProvinceView) -> Result<ProvinceReport, UsecaseError> {
        let question = Question {
            survey: Some(self.survey.to_owned()),
            period: Some(period.to_owned()),
            trust: Some(Trust::Verified),
            ..Question::default()
        };
        let scope = Scope::of_the_office(self.desk.tenant);
        read_province(&self.desk.office, &self.desk.province(), &scope, &question, view).await
    }

    async fn communes(&self, period: &str) -> KindGroup {
        self.see(period, &ProvinceView::default()).await.unwrap().groups.swap_remove(0)
    }
}

pub(super) const NOVEMBER: time::OffsetDateTime = datetime!(2026-11-01 01:00 UTC);

fn bands(group: &KindGroup) -> Vec<Option<Band>> {
    group.units.iter().map(|line| line.band).collect()
}

#[tokio::test]
async fn a_unit_is_compared_with_its_peers_without_it() {
    for engine in Engine::BOTH {
        let hall = Hall::open(engine, 60).await;
        let [a, b, c] = hall.desk.communes()[..] else { panic!("three communes") };
        hall.verified(a, 95, 5).await;
        hall.verified(b, 60, 40).await;
        hall.verified(c, 93, 7).await;
        hall.fold(NOVEMBER).await;
        let group = hall.communes("2026").await;
        assert_eq!(bands(&group), [Some(Band::Above), Some(Band::Below), Some(Band::Above)]);
        let banding = group.banding.unwrap();
        assert_eq!((banding.units, banding.peers.figure().unwrap().n), (3, 300));
        assert!((banding.margin - 2.0).abs() < 1e-12);
        // The three together stand at 82.67; without the second they stand at 94.
        assert!((banding.shift - (94.0 - 248.0 / 3.0)).abs() < 1e-9, "{}", banding.shift);
        assert_eq!(banding.visible.first().unwrap().n, 60);
        assert!(banding.visible.iter().all(|row| row.below.is_none_or(|points| points > 2.0)));

        // Commune b is 34 points below: that stays clear. The others are within twenty.
        set_margin(&hall.desk.office, hall.desk.tenant, hall.survey, 20.0).await.unwrap();
        let group = hall.communes("2026").await;
        assert_eq!(bands(&group)[0], Some(Band::Even), "within the margin");
        assert!((group.banding.unwrap().margin - 20.0).abs() < 1e-12, "the page prints it");
        for wrong in [-1.0, 20.5, f64::NAN] {
            assert!(set_margin(&hall.desk.office, hall.desk.tenant, hall.survey, wrong).await.is_err());
        }
    }
}

#[tokio::test]
async fn fewer_than_sixty_answers_are_not_compared_and_do_not_count_among_the_peers() {
    let hall = Hall::open(Engine::Sqlite, 61).await;
    let [a, b, c] = hall.desk.communes()[..] else { panic!("three communes") };
    hall.verified(a, 57, 3).await;
    hall.verified(b, 20, 39).await;
    hall.verified(c, 58, 3).await;
    hall.fold(NOVEMBER).await;
    let group = hall.communes("2026").await;
    assert_eq!(bands(&group), [Some(Band::Even), None, Some(Band::Even)]);
    let banding = group.banding.unwrap();
    assert_eq!((banding.units, banding.peers.figure().unwrap().n), (2, 121));
    assert_eq!(group.together.figure().unwrap().n, 180, "all of the kind, compared or not");
}

#[tokio::test]
async fn a_unit_alone_has_nobody_to_be_compared_with_and_levels_of_trust_stay_apart() {
    let hall = Hall::open(Engine::Sqlite, 62).await;
    let [a, b, _] = hall.desk.communes()[..] else { panic!("three communes") };
    hall.verified(a, 80, 20).await;
    hall.people(b, (20, 80), Trust::Open, "").await;
    hall.fold(NOVEMBER).await;
    let group = hall.communes("2026").await;
    assert_eq!(bands(&group), [None, None, None]);
    assert_eq!(group.banding, None);
}

#[tokio::test]
async fn a_field_shows_published_parts_and_says_why_there_is_none() {
    for engine in Engine::BOTH {
        let hall = Hall::open(engine, 63).await;
        let [a, b, c] = hall.desk.communes()[..] else { panic!("three communes") };
        // Two parts of a; of b the field is too small and pooled; c has one field and no breakdown.
        for (unit, field, people) in [
            (a, "ho-tich", (66, 4)),
            (a, "khac", (30, 30)),
            (b, "ho-tich", (5, 0)),
            (b, "khac", (50, 5)),
            (b, "dat-dai", (50, 10)),
            (c, "khac", (110, 20)),
        ] {
            hall.people(unit, people, Trust::Verified, field).await;
        }
        hall.fold(datetime!(2027-01-02 01:00 UTC)).await;
        let view = ProvinceView { field: Some("ho-tich".into()), ..ProvinceView::default() };
        let report = hall.see("2026-Q4", &view).await.unwrap();
        let lines = &report.groups[0].units;
        let figure = lines[0].headline.figure().unwrap_or_else(|| panic!("{engine:?}: {:?}", lines[0]));
        assert_eq!(figure.n, 70);
        assert!((figure.index - 100.0 * 66.0 / 70.0).abs() < 1e-9);
        assert!(figure.low < figure.index && figure.index < figure.high);
        assert_eq!(lines[0].overall.figure().unwrap().n, 70);
        assert_eq!(lines[1].headline, Reading::Withheld(Withheld::Pooled), "{engine:?}");
        assert_eq!(lines[2].headline, Reading::Withheld(Withheld::NotCut), "{engine:?}");
        assert_eq!(report.groups[0].banding, None, "parts have no bands");
        assert!(lines.iter().all(|line| line.band.is_none() && line.change.is_none()));
        assert_eq!(report.groups[0].together.figure().unwrap().n, 70);
        let codes: Vec<&str> = report.fields.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(codes, ["ho-tich"], "only what is in the list of fields");

        // A part speaks of all its months: a period that holds only some of them has none.
        let november = hall.see("2026-11", &view).await.unwrap();
        assert!(november.groups[0].units.iter().all(|line| line.headline.figure().is_none()));
        let unknown = ProvinceView { field: Some("_pooled".into()), ..ProvinceView::default() };
        assert!(matches!(hall.see("2026", &unknown).await, Err(UsecaseError::Unknown { what: "field", .. })));
    }
}

#[tokio::test]
async fn units_are_those_of_a_day_and_the_others_are_counted() {
    let hall = Hall::open(Engine::Sqlite, 64).await;
    hall.verified(hall.desk.communes()[0], 80, 20).await;
    hall.fold(NOVEMBER).await;
    let now = hall.see("2026-10", &ProvinceView::default()).await.unwrap();
    assert_eq!(
        (now.as_of, now.groups[0].units.len(), now.groups[0].elsewhere),
        (date!(2026 - 10 - 31), 3, 0)
    );
    let view = ProvinceView { as_of: Some(date!(1999 - 01 - 01)), ..ProvinceView::default() };
    let then = hall.see("2026-10", &view).await.unwrap();
    assert!(then.groups[0].units.is_empty());
    assert_eq!(then.groups[0].elsewhere, 1);
}

/// A year later: another survey with the same questions.
async fn next_year(hall: &mut Hall) {
    let month = |month| Month::new(2027, month).unwrap();
    let survey = NewSurvey {
        code: "T-2027".into(),
        name: "Thử".into(),
        instrument: "post-service".into(),
        version: None,
        variant: Variant::Full,
        from: month(10),
        to: month(12),
        units: None,
        k: 10,
        definition: None,
    };
    hall.fold(datetime!(2027-10-02 01:00 UTC)).await;
    open_survey(&hall.desk.office, hall.desk.tenant, survey).await.unwrap();
    hall.survey = "T-2027";
}

#[tokio::test]
async fn a_change_is_said_against_the_same_months_of_the_survey_before() {
    let mut hall = Hall::open(Engine::Sqlite, 65).await;
    let [a, b, c] = hall.desk.communes()[..] else { panic!("three communes") };
    hall.verified(a, 60, 40).await;
    hall.verified(b, 80, 20).await;
    hall.fold(NOVEMBER).await;
    next_year(&mut hall).await;
    hall.verified(a, 95, 5).await;
    hall.verified(b, 84, 16).await;
    hall.verified(c, 70, 30).await;
    hall.fold(datetime!(2027-11-01 01:00 UTC)).await;

    let report = hall.see("2027-10", &ProvinceView::default()).await.unwrap();
    let month = |text: &str| Span::Whole(domain::period::Period::Month(text.parse().unwrap()));
    assert_eq!(report.then, Some(month("2026-10")));
    let changes: Vec<_> = report.groups[0].units.iter().map(|line| line.change).collect();
    let (first, second) = (changes[0].unwrap(), changes[1].unwrap());
    assert_eq!((first.trend, second.trend, changes[2]), (Trend::Up, Trend::Even, None));
    assert!((first.points - 35.0).abs() < 1e-9 && first.low > 0.0 && first.low < 35.0 && first.high > 35.0);
    assert!(second.low < 0.0 && second.high > 4.0);

    let question =
        Question { survey: Some("T-2027".into()), period: Some("2027-10".into()), ..Question::default() };
    let scope = Scope::of_the_office(hall.desk.tenant);
    let province = hall.desk.province();
    let agency = read_agency(&hall.desk.office, &province, &scope, province.unit(a).unwrap(), &question);
    let found = agency.await.unwrap().change;
    let headline = found.same_months.unwrap();
    assert_eq!(headline.change, Some(first), "both pages say the same");
    assert_eq!((headline.together, headline.then.1.figure().unwrap().n), (2, 100));
    assert!(found.nodes.iter().all(|node| node.change.unwrap().trend == Trend::Up));
    // Of the twelve months to November only those with figures are compared: up to October.
    let rolling = found.rolling.unwrap();
    let months = |first: &str, last: &str| Span::Months(first.parse().unwrap(), last.parse().unwrap());
    assert_eq!(rolling.now.0, months("2026-12", "2027-10"));
    assert_eq!(rolling.then.0, months("2025-12", "2026-10"));
    assert_eq!(rolling.change.unwrap().trend, Trend::Up);
}

#[tokio::test]
async fn without_a_year_before_nothing_is_said_of_change() {
    let hall = Hall::open(Engine::Sqlite, 66).await;
    let [a, b, _] = hall.desk.communes()[..] else { panic!("three communes") };
    hall.verified(a, 80, 20).await;
    hall.verified(b, 80, 20).await;
    hall.fold(NOVEMBER).await;
    let report = hall.see("2026-10", &ProvinceView::default()).await.unwrap();
    assert_eq!(report.then, None);
    assert!(report.groups[0].units.iter().all(|line| line.change.is_none()));
}
