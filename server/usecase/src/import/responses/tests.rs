use super::*;
use crate::import::desk::{Desk, told};
use crate::import::instrument::import_instrument;
use crate::import::units::{UnitsWanted, import_units};
use domain::id::SurveyId;
use domain::survey::{Route, Survey, Variant};
use domain::tally::Answer;
use domain::tally::layout::items_of;

const UNITS: &str = include_str!("../../../../../tests/reference/p15_real/units.csv");
const INSTRUMENT: &str = include_str!("../../../../../tests/reference/p15_real/instrument.json");
const MAP: &str = include_str!("../../../../../tests/reference/p15_real/map.json");
const ANSWERS: &str = include_str!("../../../../../tests/reference/p15_real/responses.csv");

fn tenant() -> Tenant {
    "KC".parse().unwrap()
}

async fn desk() -> Desk {
    desk_without(&[]).await
}

/// Kansas City with its survey about all districts but some.
async fn desk_without(left_out: &[&str]) -> Desk {
    let desk = Desk::empty().await;
    let office = &desk.office;
    let wanted = UnitsWanted { tag: Some("KC"), ..UnitsWanted::default() };
    import_units(office, UNITS.as_bytes(), wanted).await.unwrap();
    import_instrument(office, tenant(), INSTRUMENT.as_bytes(), false).await.unwrap();
    let month: Month = "2021-09".parse().unwrap();
    let survey = Survey {
        id: SurveyId::from_bytes([9; 16]),
        code: "kc-2021".into(),
        name: "Cư dân 2021".into(),
        instrument: "kc-residents".into(),
        instrument_version: 1,
        variant: Variant::Full,
        from: month,
        to: month,
        k: 10,
        definition: "pooled-share".into(),
        closed: false,
        ended: false,
    };
    let province = office.province(tenant()).unwrap();
    let units = province.units().filter(|u| u.parent.is_some() && !left_out.contains(&u.code.as_str()));
    let units: Vec<UnitId> = units.map(|unit| unit.id).collect();
    office.store.open_survey(tenant(), &survey, &units, office.now()).await.unwrap();
    office.refresh().await.unwrap();
    desk
}

fn read(desk: &Desk, csv: &str, map: &str) -> Result<ImportBatch, UsecaseError> {
    let province = desk.office.province(tenant()).unwrap();
    read_responses(&desk.office, &province, csv.as_bytes(), map, "data/responses.csv")
}

/// The file with one cell changed; lines and columns from 1.
fn changed(line: usize, column: usize, text: &str) -> String {
    let mut lines: Vec<String> = ANSWERS.lines().map(str::to_owned).collect();
    let mut cells: Vec<&str> = lines[line - 1].split(',').collect();
    cells[column - 1] = text;
    lines[line - 1] = cells.join(",");
    lines.join("\n")
}

#[tokio::test]
async fn the_real_file_becomes_one_answer_a_line() {
    let desk = desk().await;
    let batch = read(&desk, ANSWERS, MAP).unwrap();
    assert_eq!(batch.rows.len(), 1_033);
    assert_eq!(batch.name, "responses.csv");
    assert_eq!(batch.hash, crate::keys::sha256(ANSWERS.as_bytes()));
    let mixture = Mode::Mixture("thư, mạng và điện thoại".into());
    let alike = |row: &Kept| {
        (&row.mode, row.route, row.trust, row.import, row.overall, row.month.unwrap().number())
            == (&mixture, Route::Imported, Trust::Open, Some(batch.id), Answer::NotAsked, 202_109)
    };
    assert!(batch.rows.iter().all(alike));
    assert!(batch.rows.iter().all(|row| Kept::decode(&row.encode().unwrap()).unwrap() == *row));
    let answers = batch.rows.iter().flat_map(|row| &row.items);
    let given = answers.clone().filter(|answer| matches!(answer, Answer::Level(_))).count();
    let blank = answers.filter(|answer| **answer == Answer::Blank).count();
    // 35 309 answers: the same count as in expected.json.
    assert_eq!((given, given + blank), (35_309, 1_033 * 38));
    let first: Vec<Answer> = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 4].map(Answer::Level).to_vec();
    assert_eq!(batch.rows[0].items[..11], first);
}

#[tokio::test]
async fn a_dry_run_counts_groups_and_stores_nothing() {
    let desk = desk().await;
    let dry = async |csv: String, map: &str| {
        import_responses(&desk.office, tenant(), csv.as_bytes(), map, "r.csv", true).await.unwrap()
    };
    let report = dry(ANSWERS.into(), MAP).await;
    assert_eq!((report.rows, report.groups, report.moved, report.withheld), (1_033, 6, 1_033, 0));
    assert_eq!(report, dry(ANSWERS.into(), MAP).await);
    // Apart from each other the 17 telephone interviews are groups of fewer than ten.
    let apart = MAP.replace("  \"mixture\": \"thư, mạng và điện thoại\",\n", "");
    let report = dry(ANSWERS.into(), &apart).await;
    assert_eq!((report.groups, report.moved, report.withheld), (12, 1_016, 17));
    assert_eq!(report.sealed.iter().map(|unit| unit.answers).sum::<usize>(), 17);
    assert!(report.sealed.is_sorted_by_key(|unit| unit.code.clone()), "{:?}", report.sealed);
}

#[tokio::test]
async fn a_changed_cell_is_named_by_line_and_column_and_nothing_else_is() {
    let desk = desk().await;
    for (line, column, text, says) in [
        (
            500,
            4,
            "6",
            "line 500, column 4 (q01): \"6\" is not an answer; write 1 to 5, or leave the cell empty",
        ),
        (2, 41, "na", "line 2, column 41 (q38): \"na\" is not an answer; write 1 to 5, or leave"),
        (
            1_034,
            2,
            "D7",
            "line 1034, column 2 (agency): the map does not say which unit \"D7\" is; it knows D1",
        ),
        (3, 2, "", "line 3, column 2 (agency): the unit is missing"),
        (
            77,
            3,
            "fax",
            "line 77, column 3 (mode): the map does not say what \"fax\" means; it knows mail, phone",
        ),
    ] {
        let told = told(read(&desk, &changed(line, column, text), MAP));
        assert!(told.len() == 1 && told[0].starts_with(says), "{told:?}");
    }
    assert_eq!(read(&desk, &changed(500, 4, "9"), MAP).unwrap().rows[498].items[0], Answer::Blank);
}

#[tokio::test]
async fn units_and_months_must_be_the_survey_s() {
    let desk = desk_without(&["D4"]).await;
    let faults = told(read(&desk, ANSWERS, MAP));
    assert_eq!(faults.len(), 51);
    assert!(faults[0].ends_with("the survey kc-2021 is not about the unit D4 (Khu vực 4)"), "{}", faults[0]);
    assert!(faults[50].ends_with("there are 119 more faults; mend these first"), "{}", faults[50]);
    let late = told(read(&desk, "agency,mode,q01\nD1,web,5\n", &small("2021-10")));
    assert!(late[0].contains("2021-10 is not a month of the survey, which runs from 2021-09 to 2021-09"));
    let unknown = MAP.replace("\"D1\": \"D1\"", "\"D1\": \"Z1\"");
    let told = told(read(&desk, &changed(2, 2, "D1"), &unknown));
    assert!(told[0].ends_with("(agency): no unit has the code Z1 on 2021-09-30"), "{told:?}");
}

fn small(month: &str) -> String {
    format!(
        r#"{{"survey": "kc-2021", "instrument": "kc-residents", "unit": "agency", "month": "{month}",
        "mode": {{"value": "paper"}}, "items": {{"q01": "Q01"}}}}"#
    )
}

#[tokio::test]
async fn columns_may_say_mode_trust_and_month() {
    let desk = desk().await;
    let map = small("")
        .replace(
            "\"month\": \"\"",
            r#""month": {"column": "on"}, "trust": {"column": "t", "values": {"": "open", "x": "verified"}}"#,
        )
        .replace("{\"value\": \"paper\"}", r#"{"column": "mode"}"#);
    let csv = "mode;on;t;agency;q01;note\npaper;2021-09;;D1;5;\"a\nb\"\nphone;2021-09-30;x;D2;;c\nmixture:x;2021;y;D3;0;\n";
    let told = told(read(&desk, csv, &map));
    let starts = [
        "line 5, column 1 (mode): a mixture is named under the map's own key",
        "line 5, column 2 (on): \"2021\" is not a month; write it as 2026-10",
        "line 5, column 3 (t): the map does not say what \"y\" means; it knows , x",
        "line 5, column 5 (q01): \"0\" is not an answer",
    ];
    assert!(
        told.len() == 4 && told.iter().zip(starts).all(|(told, start)| told.starts_with(start)),
        "{told:#?}"
    );
    let sound: String = csv.split_inclusive('\n').take(4).collect();
    let rows = read(&desk, &sound, &map).unwrap().rows;
    assert_eq!(rows.iter().map(|r| r.trust).collect::<Vec<_>>(), [Trust::Open, Trust::Verified]);
    assert_eq!(rows.iter().map(|r| r.mode.clone()).collect::<Vec<_>>(), [Mode::Paper, Mode::Phone]);
    assert_eq!(rows[1].items[..2], [Answer::Blank, Answer::NotAsked]);
}

#[tokio::test]
async fn a_map_that_does_not_fit_is_refused_in_one_sentence() {
    let desk = desk().await;
    for (from, to, says) in [
        ("\"weight\": null", "\"weight\": \"w\"", "the map names a weight"),
        ("\"weight\"", "\"weights\"", "the map cannot be read: unknown field `weights`"),
        ("\"column\": \"mode\"", "\"columm\": \"mode\"", "the map cannot be read: unknown field `columm`"),
        ("\"kc-residents\"", "\"post-service\"", "the survey kc-2021 asks the instrument kc-residents"),
        ("\"kc-2021\"", "\"kc-2022\"", "there is no survey \"kc-2022\""),
        ("\"Q38\"", "\"Q39\"", "the map sends the column \"q38\" to Q39, but kc-residents has no item Q39"),
        ("\"Q38\"", "\"Q37\"", "the map sends two columns to Q37"),
        ("\"9\"", "\"5\"", "the map calls \"5\" blank, but it is an answer"),
        ("\"paper\"", "\"letter\"", "the map's mode: \"letter\" is not a mode; it is one of: poster"),
        ("\"open\"", "\"high\"", "the map's trust: \"high\" is not a trust"),
        ("\"2021-09\"", "\"9/2021\"", "the map's month: \"9/2021\" is not a month"),
        (
            "\"items\"",
            "\"overall\": \"q01\", \"items\"",
            "the instrument kc-residents has no overall question",
        ),
        ("thư, mạng và", "thư, mạng, tin nhắn và", "the name of a mixture has 1 to 40 bytes"),
        ("\"q38\"", "\"q39\"", "line 1, column 0 (q39): the column \"q39\" is missing"),
    ] {
        let told = told(read(&desk, ANSWERS, &MAP.replace(from, to)));
        assert!(told.len() == 1 && told[0].starts_with(says), "{told:?} for {to}");
    }
}

#[tokio::test]
async fn the_same_bytes_are_taken_once() {
    let desk = desk().await;
    let first =
        import_responses(&desk.office, tenant(), ANSWERS.as_bytes(), MAP, "a.csv", false).await.unwrap();
    assert_eq!((first.moved, first.withheld), (1_033, 0));
    for dry_run in [true, false] {
        let again = import_responses(&desk.office, tenant(), ANSWERS.as_bytes(), MAP, "b.csv", dry_run).await;
        assert_eq!(told(again), ["the survey kc-2021 already holds a file with exactly these bytes"]);
    }
}

#[tokio::test]
async fn the_instrument_of_the_real_file_has_its_thirty_eight_items_in_five_factors() {
    let desk = desk().await;
    let province = desk.office.province(tenant()).unwrap();
    let instrument = &province.instrument("kc-residents", None).unwrap().instrument;
    let sizes: Vec<usize> = instrument.contents[0].factors.iter().map(|f| f.items.len()).collect();
    assert_eq!((sizes, items_of(instrument).count()), (vec![3, 8, 16, 7, 4], 38));
}
