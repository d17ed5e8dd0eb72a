//! The report of a survey, and what is said about bad files.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot read")]

use analyze::{AnalyzeError, Report, run};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("hailong-report-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Analyses two texts and maybe a population.
fn analyse(
    name: &str,
    design: &str,
    responses: &str,
    population: Option<&str>,
) -> Result<Report, AnalyzeError> {
    let folder = Folder::new(name);
    let design = folder.write("case.json", design);
    let responses = folder.write("responses.csv", responses);
    let population = population.map(|text| folder.write("pop.csv", text));
    run(&design, &responses, population.as_deref())
}

/// The complaint about files.
fn complaint(name: &str, design: &str, responses: &str, population: Option<&str>) -> String {
    analyse(name, design, responses, population).unwrap_err().to_string()
}

const ROWS: &str = "unit,sex,w,size,q01,q02,overall\n\
    A,F,2,40,5,4,5\nA,M,2,40,4,,4\nB,F,3,60,2,3,\nB,M,3,60,5,5,4\n";

#[test]
fn a_csv_and_an_empty_description_are_enough() {
    let report = analyse("plain", "{}", ROWS, None).unwrap();
    let line = report.lines.iter().find(|line| line.statistic == "share_pooled").unwrap();
    let figure = line.figure.as_ref().unwrap();
    assert_eq!((figure.estimate.n, figure.estimate.answers, figure.estimate.df), (4, 7, 3));
    assert!((figure.estimate.est - 5.0 / 7.0).abs() < 1e-15);
    let text = report.to_text();
    assert!(text.contains("answers 4-5") && text.contains("71.4 %"), "{text}");
    assert!(text.contains("do not cover"));
    assert!(text.contains("fewer than 8 degrees of freedom"), "{text}");
}

#[test]
fn groups_factors_and_weights_are_taken_from_the_description() {
    let design = r#"{"factors": {"Access": ["q01"], "Staff": ["q02"]}, "by": ["sex"],
        "design": {"strata": "unit", "weights": "w", "fpc": "size"}}"#;
    let report = analyse("full", design, ROWS, None).unwrap();
    // Everybody, F and M: three nodes of three figures, two composites, the overall question.
    assert_eq!(report.lines.len(), 3 * (3 * 3 + 2 + 1));
    let json = report.to_json();
    let women = json["figures"].as_array().unwrap().iter().find(|line| {
        line["domain"]["sex"] == "F" && line["stat"] == "share_pooled" && line["over"] == "Access"
    });
    assert_eq!(women.unwrap()["est"], 0.4);
    // Two women in two strata leave no degrees of freedom, all four people leave two.
    assert!(women.unwrap()["ci"]["wilson_t"].is_null());
    assert!(json["figures"][0]["ci"]["wilson_t"]["lo"].is_number());
    assert!(json["not_covered"].as_array().unwrap().len() > 2);
}

#[test]
fn columns_are_aligned() {
    let text = analyse("aligned", r#"{"by": ["unit"]}"#, ROWS, None).unwrap().to_text();
    let ends: Vec<usize> = text
        .lines()
        .skip_while(|line| !line.starts_with("everybody"))
        .skip(1)
        .take_while(|line| !line.is_empty())
        .map(|line| line.chars().count())
        .collect();
    assert!(ends.len() > 3 && ends.windows(2).all(|pair| pair[0] == pair[1]), "{text}");
}

#[test]
fn lonely_strata_are_named() {
    let rows = "unit,q01\nA,5\nA,4\nA,2\nB,3\n";
    let report = analyse("lonely", r#"{"design": {"strata": "unit"}}"#, rows, None).unwrap();
    assert!(report.warnings.iter().any(|warning| warning.contains("unit B")), "{:?}", report.warnings);
}

#[test]
fn weights_are_fitted_to_a_population() {
    let report = analyse("fitted", "{}", ROWS, Some("sex,N\nF,30\nM,10\n")).unwrap();
    let line = report.lines.iter().find(|line| line.statistic == "share_binary").unwrap();
    // One woman and two men answered, all satisfied.
    assert!((line.figure.as_ref().unwrap().estimate.est - 1.0).abs() < 1e-15);
    assert!(report.design.iter().any(|words| words.contains("post-stratified by sex")));
    let finer = analyse("finer", "{}", ROWS, Some("sex,month,N\nF,1,10\nF,2,20\nM,1,10\n")).unwrap();
    assert_eq!(finer.lines, report.lines);
}

#[test]
fn bad_responses_are_named_with_line_and_column() {
    let text = complaint("code", "{}", "q01\n5\n7\n", None);
    assert!(text.contains("responses.csv: line 3, column q01: \"7\""), "{text}");
    let text = complaint("column", r#"{"items": ["q01", "q99"]}"#, "q01\n5\n", None);
    assert!(text.contains("no column \"q99\""), "{text}");
    let text = complaint("short", "{}", "q01,q02\n5,4\n5\n", None);
    assert!(text.contains("line 3: a row of 1 cells under a header of 2"), "{text}");
    let text = complaint("empty", "{}", "", None);
    assert!(text.contains("responses.csv: no responses"), "{text}");
    let text = complaint("none", "{}", "name\nAn\n", None);
    assert!(text.contains("no items"), "{text}");
}

#[test]
fn bad_designs_are_named_with_line_and_column() {
    let weights = r#"{"design": {"weights": "w"}}"#;
    let text = complaint("negative", weights, "w,q01\n1,5\n-2,4\n", None);
    assert!(text.contains("line 3, column w: \"-2\" is not a weight"), "{text}");
    let text = complaint("words", weights, "w,q01\n1,5\nmany,4\n", None);
    assert!(text.contains("line 3, column w: \"many\" is not a number"), "{text}");
    let sizes = r#"{"design": {"fpc": "size"}}"#;
    let text = complaint("few", sizes, "size,q01\n2,5\n2,4\n2,4\n", None);
    assert!(
        text.contains("line 2, column size: \"2\" is not at least as many as are in the sample"),
        "{text}"
    );
    let text = complaint("differ", sizes, "size,q01\n20,5\n30,4\n", None);
    assert!(text.contains("line 3, column size: \"30\" is not the same in the whole stratum"), "{text}");
}

#[test]
fn bad_populations_are_named_with_their_cell() {
    let empty = complaint("hole", "{}", ROWS, Some("sex,N\nF,30\nM,10\nX,5\n"));
    assert!(empty.contains("sex: X has people in the population and no response"), "{empty}");
    let lacking = complaint("lack", "{}", ROWS, Some("sex,N\nF,30\n"));
    assert!(lacking.contains("no cell M"), "{lacking}");
    let negative = complaint("minus", "{}", ROWS, Some("sex,N\nF,30\nM,-1\n"));
    assert!(negative.contains("line 3, column N: \"-1\""), "{negative}");
    let apart = complaint("apart", "{}", ROWS, Some("month,N\n1,30\n"));
    assert!(apart.contains("no column of the responses"), "{apart}");
}

#[test]
fn margins_that_disagree_are_named() {
    let folder = Folder::new("margins");
    folder.write("sex.csv", "sex,N\nF,30\nM,10\n");
    folder.write("unit.csv", "unit,N\nA,30\nB,20\n");
    let raking =
        r#"{"raking": [{"by": "sex", "population": "sex.csv"}, {"by": "unit", "population": "unit.csv"}]}"#;
    let (design, responses) = (folder.write("case.json", raking), folder.write("responses.csv", ROWS));
    let text = run(&design, &responses, None).unwrap_err().to_string();
    assert!(
        text.contains("unit.csv: unit: the counts add up to 50, those of the first margin to 40"),
        "{text}"
    );
}

#[test]
fn files_that_are_no_text_are_refused() {
    let folder = Folder::new("bytes");
    let design = folder.write("case.json", "{}");
    let responses = folder.write("responses.csv", b"q01\n5\n\xff\n");
    let text = run(&design, &responses, None).unwrap_err().to_string();
    assert!(text.contains("responses.csv: line 3: cell 1 is not UTF-8 text"), "{text}");
    let text = run(Path::new("nowhere.json"), &responses, None).unwrap_err().to_string();
    assert!(text.contains("nowhere.json"), "{text}");
    let broken = folder.write("broken.json", "{\"level\": }");
    assert!(run(&broken, &responses, None).unwrap_err().to_string().contains("line 1 column 11"));
    let wrong = folder.write("wrong.json", "{\"level\": 95}");
    assert!(
        run(&wrong, &responses, None).unwrap_err().to_string().contains("\"level\" lies between 0 and 1")
    );
}
