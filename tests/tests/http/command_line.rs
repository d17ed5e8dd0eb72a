//! What the command line says, in two languages, and what scripts may rely on in both.

use std::process::Output;

use tests::process::{Engine, Installation};

const BAD_UNITS: &str = "code,parent_code,level,name,name_en\n96,,province,Tỉnh Cà Mau,Ca Mau\n\
    31825,,commune,,Bac Lieu\n1,2\n";

fn words(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (text(&output.stdout), text(&output.stderr))
}

fn file(place: &Installation, name: &str, text: &str) -> String {
    let path = place.folder().join(name);
    std::fs::write(&path, text).expect("a file");
    path.display().to_string()
}

#[tokio::test]
async fn faults_of_a_file_stand_at_the_same_places_in_either_language() {
    let place = Installation::new(Engine::Sqlite);
    let bad = file(&place, "bad.csv", BAD_UNITS);
    let mut told = Vec::new();
    for language in ["vi", "en"] {
        let output = place.try_run(&["import", "units", &bad, "--tag", "CM", "--lang", language]).await;
        assert_eq!(output.status.code(), Some(1));
        told.push(words(&output).1);
    }
    let places = |text: &str| -> Vec<String> {
        let lines = text.lines().map(|line| line.trim_start_matches("hailong: "));
        lines.filter_map(|line| line.split_once("): ").map(|(place, _)| format!("{place})"))).collect()
    };
    let wanted =
        ["line 3, column 2 (parent_code)", "line 3, column 4 (name)", "line 4, column 0 (the whole line)"];
    assert_eq!(places(&told[0]), wanted, "{}", told[0]);
    assert_eq!(places(&told[1]), wanted, "{}", told[1]);
    assert!(told[0].contains("chưa ghi tên") && told[0].contains("dòng này có 2 ô"), "{}", told[0]);
    assert!(told[1].contains("the name is empty") && told[1].contains("2 cells"), "{}", told[1]);
}

#[tokio::test]
async fn results_and_refusals_are_told_in_the_language_that_was_asked_for() {
    let place = Installation::new(Engine::Sqlite);
    let units = tests::source::root().join("app/units/ca_mau_2025.csv").display().to_string();
    let import = ["import", "units", &units, "--tag", "CM", "--dry-run"];
    let said = async |more: &[&str]| words(&place.try_run(&[&import[..], more].concat()).await).0;
    assert_eq!(said(&["--lang", "vi"]).await.trim(), "sẽ có 152 đơn vị mới, 0 thay đổi, 0 giữ nguyên");
    assert_eq!(said(&["--lang", "en"]).await.trim(), "152 units would be new, 0 changed, 0 unchanged");
    for (language, says) in [("vi", "chưa có tỉnh nào"), ("en", "there is no province yet")] {
        let refused = place.try_run(&["fold", "--lang", language]).await;
        assert_eq!(refused.status.code(), Some(1));
        assert!(words(&refused).1.contains(says), "{}", words(&refused).1);
    }
    let wrong = place.try_run(&["fold", "--lang", "km"]).await;
    assert_eq!(wrong.status.code(), Some(2), "wrong usage");
}

#[tokio::test]
async fn the_system_says_which_language_and_vietnamese_comes_first() {
    let place = Installation::new(Engine::Sqlite);
    for (locale, says) in [
        ("en_US.UTF-8", "there is no province yet"),
        ("vi_VN.UTF-8", "chưa có tỉnh nào"),
        ("C.UTF-8", "chưa có tỉnh nào"),
        ("", "chưa có tỉnh nào"),
    ] {
        let refused = place.try_run_under(locale, &["fold"]).await;
        assert!(words(&refused).1.contains(says), "{locale}: {}", words(&refused).1);
    }
}

#[tokio::test]
async fn lines_for_scripts_are_the_same_in_either_language() {
    for language in ["vi", "en"] {
        let place = Installation::new(Engine::Sqlite);
        let running = place.serve(&["--lang", language], &[]).await;
        assert!(running.url("setup").contains("/setup/"), "setup URL");
        drop(running);
        let units = tests::source::root().join("app/units/ca_mau_2025.csv").display().to_string();
        place.run(&["import", "units", &units, "--tag", "CM"]).await;
        let added = place.run(&["account", "add", "lan", "--role", "auditor", "--lang", language]).await;
        let line: Vec<&str> = added.trim().split(' ').collect();
        assert!(matches!(line.as_slice(), ["account", "lan", _, "auditor"]), "{added}");
        let checked = place.run(&["check", "--lang", language]).await;
        let last = checked.lines().last().unwrap_or_default();
        assert!(last.starts_with("check: ") && last.ends_with(" passed, 0 failed"), "{checked}");
    }
}
