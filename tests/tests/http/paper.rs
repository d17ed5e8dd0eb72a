//! `/admin/paper` and `/paper`: from a printed batch to a figure, with the keyboard alone.

use tests::form::Form;
use tests::html::visible_text;
use tests::http::{Answer, Visitor};
use tests::process::Engine;

use super::{Site, expect_status};

/// What a person ticked: keys by question.
const KEYS: [(&str, &str); 12] = [
    ("kind", "1"),
    ("channel", "1"),
    ("stage", "1"),
    ("overall", "5"),
    ("SC1", "4"),
    ("SC2", "5"),
    ("SC3", "5"),
    ("SB1", "4"),
    ("SB2", "4"),
    ("SB3", "4"),
    ("SB4", "0"),
    ("SD1", "5"),
];

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn unit(site: &Site) -> String {
    site.path("agency").trim_start_matches("/a/").split('?').next().unwrap_or_default().to_owned()
}

/// Draws a batch and says its number.
async fn draw(site: &Site, admin: &mut Visitor, language: &str, forms: &str) -> String {
    let unit = unit(site);
    let wish = owned(&[("unit", &unit), ("language", language), ("forms", forms), ("go", "draw")]);
    let drawn = admin.post("/admin/paper", &wish).await;
    expect_status(&drawn, &[303]);
    let to = drawn.header("location").expect("a place").to_owned();
    to.split("drawn-").nth(1).expect("a number").to_owned()
}

/// Saves a sheet as it was typed, and says once more that what is blank is blank.
async fn save(visitor: &mut Visitor, path: &str, keys: &[(&str, &str)]) -> Answer {
    let mut pairs = owned(keys);
    pairs.push(("go".into(), "save".into()));
    let asked = visitor.post(path, &pairs).await;
    if asked.status != 422 {
        return asked;
    }
    let form = Form::with_field(&asked.text(), "blanks").expect("the form again");
    pairs.push(("blanks".into(), form.value("blanks").unwrap_or_default().to_owned()));
    visitor.post(path, &pairs).await
}

#[tokio::test]
async fn twelve_forms_on_paper_become_a_figure_of_their_own_on_both_engines() {
    for engine in Engine::BOTH {
        let site = Site::open(engine).await;
        let (mut admin, mut officer) =
            (site.member("province-admin").await, site.member("agency-officer").await);
        let batch = draw(&site, &mut admin, "vi", "12").await;
        for visitor in [&mut officer, &mut admin] {
            let mut path = format!("/paper/{batch}");
            for form in 1..=12 {
                let next = visitor.get(&path).await;
                expect_status(&next, &[303]);
                let open = next.header("location").expect("a form").to_owned();
                assert!(open.ends_with(&format!("/paper/{batch}/{form}")), "{open}");
                let kept = save(visitor, &open, &KEYS).await;
                expect_status(&kept, &[303]);
                path = format!("/paper/{batch}?after={form}");
            }
            let over = visitor.get(&path).await;
            assert!(over.header("location").unwrap_or_default().contains("nothing="), "the pile is done");
        }
        site.place.run(&["fold"]).await;
        let exported = site.place.run(&["export", "aggregates"]).await;
        let line = exported.lines().find(|line| line.contains(",open,all,all,,overall,"));
        assert!(line.is_some_and(|line| line.contains(",12,12,100.0,")), "{engine:?}: {exported}");
    }
}

#[tokio::test]
async fn the_second_typist_sees_nothing_of_the_first_and_a_difference_is_settled_with_the_paper() {
    let site = Site::open(Engine::Sqlite).await;
    let (mut admin, mut officer) = (site.member("province-admin").await, site.member("agency-officer").await);
    let mut interviewer = site.member("interviewer").await;
    let batch = draw(&site, &mut admin, "vi", "3").await;
    let path = format!("/paper/{batch}/1");
    let mut first = KEYS.to_vec();
    first.push(("comment", "Ghế ngồi bằng nhựa tím"));
    expect_status(&save(&mut officer, &path, &first).await, &[303]);
    let own = visible_text(&officer.get(&path).await.text());
    assert!(own.contains("ông/bà đã nhập"), "{own}");
    let colleague = visible_text(&interviewer.get(&path).await.text());
    assert!(colleague.contains("đơn vị ông/bà"), "the interviewer sits in the same commune: {colleague}");
    let blank = admin.get(&path).await.text();
    let form = Form::with_field(&blank, "overall").expect("an empty form");
    assert_eq!(form.value("overall"), Some(""));
    assert!(!blank.contains("nhựa tím"));
    let mut second = first.clone();
    second[3].1 = "2";
    let differs = save(&mut admin, &path, &second).await;
    expect_status(&differs, &[303]);
    assert!(differs.header("location").unwrap_or_default().contains(&path));
    let page = admin.get(&path).await.text();
    let text = visible_text(&page);
    assert!(text.contains("5 Rất hài lòng") && text.contains("2 Không hài lòng"), "{text}");
    let form = Form::with_field(&page, "overall").expect("a field for what the paper says");
    assert!(form.value("SC1").is_none(), "what both read alike is not asked again");
    expect_status(&admin.post(&path, &owned(&[("overall", "9"), ("go", "save")])).await, &[422]);
    let settled = admin.post(&path, &owned(&[("overall", "5"), ("go", "save")])).await;
    expect_status(&settled, &[303]);
    assert!(settled.header("location").unwrap_or_default().contains("done=settled-1"));
    let done = visible_text(&officer.get(&path).await.text());
    assert!(done.contains("đã nhập xong"), "{done}");
    let again = save(&mut officer, &path, &KEYS).await;
    expect_status(&again, &[409]);
}

#[tokio::test]
async fn a_printed_form_carries_its_number_its_boxes_and_where_to_go_on_in_three_languages() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    for (language, number, routing) in [
        ("vi", "Đợt {} · Phiếu 3", "Chỉ trả lời nếu câu 2 đánh ô 1, 3 hoặc 4. Nếu không, đến câu"),
        ("en", "Batch {} · Form 3", "Only if question 2 has box 1, 3 or 4. If not, go to question"),
        ("km", "ក្រុម {} · ក្រដាស 3", "បើមិនដូច្នេះ សូមទៅសំណួរ"),
    ] {
        let batch = draw(&site, &mut admin, language, "3").await;
        let page = admin.get(&format!("/admin/paper/{batch}")).await;
        expect_status(&page, &[200]);
        let html = page.text();
        assert_eq!(html.matches("<article").count(), 3);
        assert!(!html.contains("<script") && !html.contains("@FORM"), "nothing runs, nothing is left open");
        let text = visible_text(&html);
        assert!(text.contains(&number.replace("{}", &batch)), "{text}");
        assert!(text.contains(routing), "{text}");
        assert!(html.contains(&format!("lang=\"{language}\"")));
    }
    let long = draw(&site, &mut admin, "vi", "120").await;
    let pages = admin.get(&format!("/admin/paper/{long}?from=101")).await.text();
    assert_eq!(pages.matches("<article").count(), 20);
    assert!(visible_text(&pages).contains("Phiếu 120") && pages.contains("from=51"));
}

#[tokio::test]
async fn what_is_blank_is_asked_once_and_what_cannot_count_is_said() {
    let site = Site::open(Engine::Sqlite).await;
    let (mut admin, mut officer) = (site.member("province-admin").await, site.member("agency-officer").await);
    let batch = draw(&site, &mut admin, "vi", "3").await;
    let path = format!("/paper/{batch}/2");
    let mut keys = owned(&KEYS);
    keys.push(("go".into(), "save".into()));
    let asked = officer.post(&path, &keys).await;
    expect_status(&asked, &[422]);
    let text = visible_text(&asked.text());
    assert!(text.contains("Đang trống: câu 4"), "the field was left out: {text}");
    let wrong = officer.post(&path, &owned(&[("stage", "3"), ("overall", "x"), ("go", "save")])).await;
    expect_status(&wrong, &[422]);
    let html = wrong.text();
    assert!(visible_text(&html).contains("không có ô “x”"), "{html}");
    let form = Form::with_field(&html, "stage").expect("the form again");
    assert_eq!((form.value("stage"), form.value("overall")), (Some("3"), Some("x")), "nothing is lost");
    let bare = officer.post(&path, &owned(&[("stage", "3"), ("go", "save")])).await;
    expect_status(&bare, &[422]);
    assert!(visible_text(&bare.text()).contains("không tính được"));
    let out = officer.post(&path, &owned(&[("go", "unusable")])).await;
    expect_status(&out, &[303]);
    let out = admin.post(&path, &owned(&[("go", "unusable")])).await;
    assert!(out.header("location").unwrap_or_default().contains("done=out-2"));
}

#[tokio::test]
async fn bad_batches_have_an_answer_each() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    let unit = unit(&site);
    for (field, value) in [
        ("unit", "nowhere"),
        ("unit", "96"),
        ("language", "fr"),
        ("forms", "0"),
        ("forms", "501"),
        ("forms", "x"),
    ] {
        let mut wish = owned(&[("unit", &unit), ("language", "vi"), ("forms", "3"), ("go", "draw")]);
        wish.iter_mut().filter(|(name, _)| name == field).for_each(|(_, it)| value.clone_into(it));
        expect_status(&admin.post("/admin/paper", &wish).await, &[422]);
    }
    for go in ["", "print"] {
        expect_status(&admin.post("/admin/paper", &owned(&[("go", go)])).await, &[400]);
    }
    for batch in ["0", "x", "99", "-1", "99999999999999999999"] {
        let void = owned(&[("go", "void"), ("batch", batch)]);
        expect_status(&admin.post("/admin/paper", &void).await, &[404]);
        expect_status(&admin.get(&format!("/admin/paper/{batch}")).await, &[404]);
        expect_status(&admin.get(&format!("/paper/{batch}")).await, &[404]);
        expect_status(&admin.get(&format!("/paper/{batch}/1")).await, &[404]);
    }
}

#[tokio::test]
async fn bad_forms_and_keys_have_an_answer_each_and_a_withdrawn_batch_is_closed() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    let batch = draw(&site, &mut admin, "vi", "3").await;
    for from in ["0", "4", "x"] {
        expect_status(&admin.get(&format!("/admin/paper/{batch}?from={from}")).await, &[400]);
    }
    expect_status(&admin.get(&format!("/paper/{batch}?form=x")).await, &[400]);
    expect_status(&admin.get(&format!("/paper/{batch}/x")).await, &[404]);
    for form in ["0", "4", "-1"] {
        let page = admin.get(&format!("/paper/{batch}/{form}")).await;
        assert!(visible_text(&page.text()).contains("không có phiếu số ấy"));
        expect_status(&save(&mut admin, &format!("/paper/{batch}/{form}"), &KEYS).await, &[409]);
    }
    let path = format!("/paper/{batch}/1");
    expect_status(&admin.post(&path, &owned(&[("go", "fold")])).await, &[400]);
    expect_status(&admin.post(&path, &owned(&[("overall", "\u{7}"), ("go", "save")])).await, &[400]);
    let many: Vec<(String, String)> = (0..400).map(|_| ("overall".to_owned(), "5".to_owned())).collect();
    let many = [many, owned(&[("go", "save")])].concat();
    expect_status(&admin.post(&path, &many).await, &[400]);
    let twice = owned(&[("stage", "1"), ("overall", "5"), ("overall", "4"), ("go", "save")]);
    expect_status(&admin.post(&path, &twice).await, &[422]);
    let long = "a".repeat(1_201);
    let mut keys = owned(&KEYS);
    keys.extend(owned(&[("comment", &long), ("go", "save")]));
    expect_status(&admin.post(&path, &keys).await, &[422]);
    let void = owned(&[("go", "void"), ("batch", &batch)]);
    expect_status(&admin.post("/admin/paper", &void).await, &[303]);
    expect_status(&admin.post("/admin/paper", &void).await, &[404]);
    assert!(visible_text(&admin.get(&path).await.text()).contains("đã thu hồi"));
}
