//! `/admin/surveys/{code}/languages`, `/sounds/…` and `?sound=1`.

use tests::form::Form;
use tests::html::visible_text;
use tests::http::{Answer, Visitor};
use tests::process::Engine;

use super::{Site, expect_status};

const PATH: &str = "/admin/surveys/demo-2026/languages";
const WAV: &[u8] = b"RIFF\x24\0\0\0WAVEfmt made up";

/// Sends a form with a file.
async fn send(visitor: &mut Visitor, fields: &[(&str, &str)], file: &[u8]) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    body.extend_from_slice(
        b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\n",
    );
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let kind = [("content-type", "multipart/form-data; boundary=x")];
    visitor.send("POST", PATH, &kind, &body).await.expect("an answer")
}

fn recording<'a>(language: &'a str, code: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("go", "send"), ("language", language), ("code", code), ("synthetic", "1")]
}

#[tokio::test]
async fn questions_are_heard_only_by_whoever_asked_for_it_on_both_engines() {
    for engine in Engine::BOTH {
        let site = Site::open(engine).await;
        let mut admin = site.member("province-admin").await;
        let survey = site.path("survey");
        let mut citizen = site.visitor();
        assert!(!citizen.get(&survey).await.text().contains("sound=1"), "there is nothing to hear yet");
        expect_status(&send(&mut admin, &recording("vi", "overall"), WAV).await, &[303]);
        let start = citizen.get(&survey).await.text();
        assert!(start.contains("sound=1") && !start.contains("<audio"));
        assert!(!citizen.get(&format!("{survey}?lang=km")).await.text().contains("sound=1"));
        let heard = citizen.get(&format!("{survey}?sound=1&layout=one")).await.text();
        let first = Form::with_field(&heard, "token").expect("a form").press("next");
        let page = citizen.post(&survey, &first).await.text();
        assert!(page.contains("<audio") && page.contains("preload=\"none\""), "the player stands there");
        assert!(visible_text(&page).contains("Giọng đọc do máy tạo"), "a synthetic voice says so");
        assert!(!page.contains("<script"));
        let at = page.find("/sounds/CM/").expect("an address");
        let address: String = page[at..].chars().take_while(|c| *c != '"').collect();
        let sound = citizen.get(&address).await;
        expect_status(&sound, &[200]);
        assert_eq!(sound.header("content-type"), Some("audio/wav"));
        assert_eq!(sound.header("x-content-type-options"), Some("nosniff"));
        assert!(sound.header("cache-control").is_some_and(|cache| cache.contains("immutable")));
        let quiet = citizen.get(&format!("{survey}?layout=one")).await.text();
        let first = Form::with_field(&quiet, "token").expect("a form").press("next");
        assert!(
            !citizen.post(&survey, &first).await.text().contains("<audio"),
            "everybody else's page is calm"
        );
        let drop = [("go", "drop"), ("language", "vi"), ("code", "overall")];
        expect_status(&send(&mut admin, &drop, b"").await, &[303]);
        expect_status(&citizen.get(&address).await, &[404]);
    }
}

#[tokio::test]
async fn what_is_no_sound_no_question_or_too_large_is_refused() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    let page = send(&mut admin, &recording("vi", "SA1"), b"<html><script>alert(1)</script>").await;
    expect_status(&page, &[422]);
    assert!(visible_text(&page.text()).contains("không phải âm thanh"));
    let mut large = WAV.to_vec();
    large.resize(1024 * 1024 + 1, 0);
    expect_status(&send(&mut admin, &recording("vi", "SA1"), &large).await, &[422]);
    expect_status(&send(&mut admin, &recording("vi", "SA99"), WAV).await, &[404]);
    expect_status(&send(&mut admin, &recording("fr", "SA1"), WAV).await, &[400]);
    for role in ["province-analyst", "auditor", "agency-head"] {
        let mut other = site.member(role).await;
        expect_status(&send(&mut other, &recording("vi", "SA1"), WAV).await, &[403]);
    }
    expect_status(&admin.get("/sounds/CM/../../etc").await, &[404]);
}

#[tokio::test]
async fn khmer_is_marked_until_a_reader_has_signed_it_off() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    let desk = "/admin/surveys/demo-2026";
    let marked = async |admin: &mut Visitor| {
        visible_text(&admin.get(desk).await.text()).contains("chưa được người đọc")
    };
    assert!(marked(&mut admin).await);
    expect_status(&send(&mut admin, &[("go", "sign"), ("reader", " ")], b"").await, &[422]);
    assert!(marked(&mut admin).await, "nobody has read it");
    expect_status(&send(&mut admin, &[("go", "sign"), ("reader", "Sơn Thị Mỹ")], b"").await, &[303]);
    assert!(!marked(&mut admin).await);
    assert!(visible_text(&admin.get(desk).await.text()).contains("Sơn Thị Mỹ"));
    let log = site.member("auditor").await.get("/admin/audit.csv").await.text();
    assert!(log.contains("language-review") && log.contains("post-service@1 km: Sơn Thị Mỹ"));
}
